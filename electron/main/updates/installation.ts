import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** How a copy of Tessera came onto the machine; each is updated in its own way. */
export type Installation = 'deb' | 'rpm' | 'AppImage' | 'nsis' | 'mac';

/** What tells it. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly executable: string;
  readonly resources: string; // the folder beside the application's archive
  readonly isPackaged: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/** How this copy was installed; null for one that was not, such as a folder or a checkout: nothing may be put in its place. */
export function installationOf(surroundings: Surroundings): Installation | null {
  const { platform, executable, isPackaged } = surroundings;
  if (platform === 'darwin') return isPackaged ? 'mac' : null;
  // A zip has no uninstaller.
  if (platform === 'win32') return hasUninstaller(path.dirname(executable)) ? 'nsis' : null;
  return packageType(surroundings.resources) ?? (isAppImage(surroundings) ? 'AppImage' : null);
}

function hasUninstaller(folder: string): boolean {
  return existsSync(path.join(folder, 'Uninstall Tessera.exe'));
}

/** What deb and rpm say of themselves. */
function packageType(resources: string): 'deb' | 'rpm' | null {
  try {
    const type = readFileSync(path.join(resources, 'package-type'), 'utf8').trim();
    return type === 'deb' || type === 'rpm' ? type : null;
  } catch {
    return null;
  }
}

/** Programs that another AppImage started have its variables too, and must not replace it. */
function isAppImage({ executable, env: { APPIMAGE, APPDIR } }: Surroundings): boolean {
  if (!APPIMAGE || !APPDIR) return false;
  return executable.startsWith(path.join(APPDIR, path.sep));
}
