// What a release tells the copies that are out there: where it lies, and a signed list of its files.
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../project.mjs';

/** @typedef {{ url: string | null, publicKey: string | null }} Release as build/release.json has it */

/** @returns {Release} */
export function configuredRelease() {
  /** @type {Release} */
  const release = JSON.parse(readFileSync(path.join(root, 'build', 'release.json'), 'utf8'));
  return release;
}

/** Tells the application of releases, or that there are none. @param {string} file beside its bundles @param {Release} release */
export function writeRelease(file, release) {
  if (release.url === null || release.publicKey === null) rmSync(file, { force: true });
  else writeFileSync(file, `${JSON.stringify(release)}\n`);
}

/** What can be installed over an earlier version, on each platform. */
const UPDATES = /** @type {Record<string, RegExp>} */ ({
  linux: /\.(deb|rpm|AppImage)$/,
  win32: /\.exe$/,
  darwin: /\.(zip|dmg)$/,
});

/**
 * Writes `latest-*.yml` with a signature beside it, as electron-updater and electron/main/updates read them.
 * @param {{ folder: string, version: string, files: string[], key: string, release: Release }} given `key` is a private key of Ed25519 in PEM
 * @returns {string[]} the files; none where nothing of a release is an update
 */
export function writeSignedList({ folder, version, files, key, release }) {
  const wanted = UPDATES[process.platform];
  const updates = files.filter((file) => wanted?.test(file));
  const [first] = updates;
  if (first === undefined) return [];
  const described = updates.map(describe);
  const list = {
    version,
    files: described,
    path: described[0]?.url,
    sha512: described[0]?.sha512,
    releaseDate: new Date().toISOString(),
  };
  const bytes = Buffer.from(`${JSON.stringify(list, null, 2)}\n`); // JSON is YAML
  const name = path.join(folder, listName());
  writeFileSync(name, bytes);
  writeFileSync(`${name}.sig`, `${signed(bytes, key, release).toString('base64')}\n`);
  return [name, `${name}.sig`];
}

/** As electron-updater asks for it. @returns {string} */
function listName() {
  if (process.platform === 'win32') return 'latest.yml';
  if (process.platform === 'darwin') return 'latest-mac.yml';
  return process.arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${process.arch}.yml`;
}

/** @param {string} file @returns {{ url: string, sha512: string, size: number }} */
function describe(file) {
  const sha512 = createHash('sha512').update(readFileSync(file)).digest('base64');
  return { url: encodeURIComponent(path.basename(file)), sha512, size: statSync(file).size };
}

/** @param {Buffer} bytes @param {string} key @param {Release} release @returns {Buffer} */
function signed(bytes, key, { publicKey }) {
  const secret = createPrivateKey(key);
  const own = createPublicKey(secret).export({ format: 'der', type: 'spki' }).toString('base64');
  if (own !== publicKey) throw new Error('The key in TESSERA_RELEASE_KEY is not that of build/release.json.');
  return sign(null, bytes, secret);
}
