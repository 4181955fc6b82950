// `npm run dist [-- --installers]`: the application in a folder of its own under dist/packages, and installers for this platform.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleApp } from './app.mjs';
import { findRuntime } from './electron/runtime.mjs';
import { configuration } from './packaging/config.mjs';
import { hasDpkg, makeDeb } from './packaging/deb.mjs';
import { blowFuses } from './packaging/fuses.mjs';
import { renderIcon } from './packaging/icon.mjs';
import { notices } from './packaging/notices.mjs';
import { configuredRelease, writeSignedList } from './packaging/release.mjs';
import { bom } from './packaging/sbom.mjs';
import { fail, progress, root } from './project.mjs';
import { setUp } from './setup.mjs';

const ICONS = [16, 32, 48, 64, 128, 256, 512, 1024]; // px

/** What electron-builder makes installers of each platform with; it downloads the tools for them. */
const INSTALLERS = { linux: ['AppImage', 'rpm'], win32: ['nsis', 'zip'], darwin: ['dmg', 'zip'] };

/** @typedef {{ executable: string, folder: string, version: string, electron: { folder: string, version: string } }} Packed */

/** Packs the application into a folder of its own. @returns {Promise<Packed>} */
export async function packageApp() {
  const runtime = await findRuntime();
  if (typeof runtime === 'string') fail(runtime);
  await bundleApp();
  for (const size of ICONS) await renderIcon(size, inDist('icons', `${size}x${size}.png`));
  writeFileSync(inDist('THIRD-PARTY.txt'), notices());

  const electron = {
    folder: runtime.folder,
    version: readFileSync(path.join(runtime.folder, 'version'), 'utf8').trim(),
  };
  progress(`packing the application with Electron ${electron.version} ...`);
  if (!runtime.official) progress('this is the stand-in for Electron: good for tests, not for giving away');
  let executable = '';
  const { build, Platform } = await import('electron-builder');
  await build({
    projectDir: root,
    targets: Platform.current().createTarget('dir'),
    publish: 'never',
    config: {
      ...configuration(electron),
      afterPack: async ({ appOutDir, packager }) => {
        rmSync(path.join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
        executable = executableIn(appOutDir, packager.appInfo.productFilename);
        await blowFuses(executable);
      },
    },
  });
  const folder = path.join(executable, process.platform === 'darwin' ? '../../..' : '..');
  const { version } = /** @type {{ version: string }} */ (
    JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  );
  return { executable, folder, version, electron };
}

/** Makes the installers that this machine can make, and says which it cannot. @param {Packed} packed @returns {Promise<string[]>} the files */
async function makeInstallers({ folder, version, electron }) {
  const { build, Platform } = await import('electron-builder');
  const made = hasDpkg() ? [makeDeb(folder, version)] : [];
  const own = /** @type {Record<string, string[]>} */ (INSTALLERS)[process.platform] ?? [];
  for (const target of process.platform === 'linux' && !hasDpkg() ? [...own, 'deb'] : own) {
    try {
      const files = await build({
        projectDir: root,
        prepackaged: folder,
        targets: Platform.current().createTarget(target),
        publish: 'never',
        config: configuration(electron),
      });
      made.push(...files);
    } catch (error) {
      const [reason = ''] = String(error).split('\n');
      progress(`no ${target}: its tools are downloaded when first needed (${reason})`);
    }
  }
  return made;
}

/**
 * The signed list by which earlier versions find these installers, where a release is configured.
 * @param {string} version @param {string[]} files @returns {string[]}
 */
function listForUpdates(version, files) {
  const release = configuredRelease();
  if (release.url === null) return [];
  const key = process.env.TESSERA_RELEASE_KEY;
  if (key) return writeSignedList({ folder: inDist('packages'), version, files, key, release });
  progress('no list for updates: TESSERA_RELEASE_KEY holds no private key to sign it with');
  return [];
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
  const packed = await packageApp();
  const inside = inDist('packages', `tessera-${packed.version}.cdx.json`);
  writeFileSync(inside, bom(packed.electron));
  const made = process.argv.includes('--installers') ? await makeInstallers(packed) : [];
  const list = listForUpdates(packed.version, made);
  for (const file of [packed.executable, inside, ...made, ...list])
    process.stdout.write(`${path.relative(root, file)}\n`);
  if (process.argv.includes('--installers') && made.length === 0) fail('no installer could be made');
}
