import { homedir } from 'node:os';
import path from 'node:path';

/** Where what can be made again is kept for this user: the platform's folder for caches. */
export function userCache(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  switch (platform) {
    case 'win32':
      return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'Tessera', 'cache');
    case 'darwin':
      return path.join(home, 'Library', 'Caches', 'Tessera');
    default:
      return path.join(env.XDG_CACHE_HOME ?? path.join(home, '.cache'), 'tessera');
  }
}
