import { homedir } from 'node:os';
import path from 'node:path';

/** Where this user's packages are installed: TESSERA_PACKAGES, or the platform's folder for application data. */
export function userPackages(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (env.TESSERA_PACKAGES) return env.TESSERA_PACKAGES;
  switch (platform) {
    case 'win32':
      return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'Tessera', 'packages');
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', 'Tessera', 'packages');
    default:
      return path.join(env.XDG_DATA_HOME ?? path.join(home, '.local', 'share'), 'tessera', 'packages');
  }
}
