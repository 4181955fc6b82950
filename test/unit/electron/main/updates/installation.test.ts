import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installationOf, type Surroundings } from '../../../../../electron/main/updates/installation.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tessera-installation-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function on(platform: NodeJS.Platform, more: Partial<Surroundings> = {}): Surroundings {
  return {
    platform,
    executable: path.join(folder, 'tessera'),
    resources: folder,
    isPackaged: true,
    env: {},
    ...more,
  };
}

describe('how a copy was installed', () => {
  it.each(['deb', 'rpm'] as const)('a %s says so itself', (type) => {
    writeFileSync(path.join(folder, 'package-type'), `${type}\n`);
    expect(installationOf(on('linux'))).toBe(type);
    const inAnother = { APPIMAGE: '/home/a/Other.AppImage', APPDIR: folder };
    expect(installationOf(on('linux', { env: inAnother }))).toBe(type);
  });

  it('an AppImage runs from where it is mounted', () => {
    expect(installationOf(on('linux', { env: { APPIMAGE: '/a/Tessera.AppImage', APPDIR: folder } }))).toBe(
      'AppImage',
    );
  });

  it('what another AppImage started is none: it must not be replaced', () => {
    const env = { APPIMAGE: '/a/Terminal.AppImage', APPDIR: path.join(folder, 'elsewhere') };
    expect(installationOf(on('linux', { env }))).toBeNull();
    expect(installationOf(on('linux', { env: { APPIMAGE: '/a/Terminal.AppImage' } }))).toBeNull();
  });

  it('a folder was not installed', () => {
    writeFileSync(path.join(folder, 'package-type'), 'something else');
    expect(installationOf(on('linux'))).toBeNull();
    expect(installationOf(on('win32'))).toBeNull();
    expect(installationOf(on('darwin', { isPackaged: false }))).toBeNull();
  });

  it('on Windows the uninstaller tells, on a Mac the package', () => {
    writeFileSync(path.join(folder, 'Uninstall Tessera.exe'), '');
    expect(installationOf(on('win32'))).toBe('nsis');
    expect(installationOf(on('darwin'))).toBe('mac');
  });
});
