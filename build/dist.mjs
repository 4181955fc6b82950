// `npm run dist [-- --installers]`: the application in a folder of its own under dist/packages, and installers for this platform.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleApp } from './app.mjs';
import { findRuntime } from './electron/runtime.mjs';
import { configuration } from './packaging/config.mjs';
import { blowFuses } from './packaging/fuses.mjs';
import { renderIcon } from './packaging/icon.mjs';
import { notices } from './packaging/notices.mjs';
import { fail, progress, root } from './project.mjs';
import { setUp } from './setup.mjs';

const ICONS = [16, 32, 48, 64, 128, 256, 512, 1024]; // px

/** @param {{ installers: boolean }} options @returns {Promise<string>} the executable of the unpacked application */
export async function packageApp({ installers }) {
  const runtime = await findRuntime();
  if (typeof runtime === 'string') fail(runtime);
  await bundleApp();
  for (const size of ICONS) await renderIcon(size, inDist('icons', `${size}x${size}.png`));
  writeFileSync(inDist('THIRD-PARTY.txt'), notices());

  const { build, Platform } = await import('electron-builder');
  const version = readFileSync(path.join(runtime.folder, 'version'), 'utf8').trim();
  progress(`packing the application with Electron ${version} ...`);
  if (!runtime.official) progress('this is the stand-in for Electron: good for tests, not for giving away');
  let executable = '';
  await build({
    projectDir: root,
    targets: Platform.current().createTarget(installers ? null : 'dir'),
    publish: 'never',
    config: {
      ...configuration({ folder: runtime.folder, version }),
      afterPack: async ({ appOutDir, packager }) => {
        rmSync(path.join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
        executable = executableIn(appOutDir, packager.appInfo.productFilename);
        await blowFuses(executable);
      },
    },
  });
  return executable;
}

/** @param {string} folder @param {string} name @returns {string} */
function executableIn(folder, name) {
  if (process.platform === 'darwin') return path.join(folder, `${name}.app`, 'Contents', 'MacOS', name);
  return path.join(folder, process.platform === 'win32' ? `${name}.exe` : 'tessera');
}

/** @param {string[]} parts @returns {string} */
function inDist(...parts) {
  return path.join(root, 'dist', ...parts);
}

if (process.argv[1] === import.meta.filename) {
  setUp();
  const executable = await packageApp({ installers: false });
  process.stdout.write(`${path.relative(root, executable)}\n`);
  if (process.argv.includes('--installers')) {
    await packageApp({ installers: true }).catch((/** @type {unknown} */ error) => {
      const [reason = ''] = String(error).split('\n');
      fail(`the installers could not be made; their tools are downloaded when first needed (${reason}).`);
    });
  }
}
