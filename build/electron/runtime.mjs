// Finds an Electron to run: the official one, or where its download is out of reach, a stand-in from the npm registry.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { progress, root, tool } from '../project.mjs';
import { FALLBACK_TARGETS, fallbackFolder, hasFallback, makeFallback } from './fallback.mjs';
import { missingLibraries } from './libraries.mjs';

const DOWNLOAD_LIMIT = 300_000; // ms
const officialFolder = path.join(root, 'node_modules', 'electron', 'dist');

/** @typedef {{ folder: string, executable: string, args: string[], official: boolean }} Runtime `args` go before the application's */

/**
 * What the application's bundles are written for: JavaScript of `node` and of the page's `page`; where there are `shims`,
 * that folder has for each process what runs first in it.
 * @typedef {{ name: string, node: string, page: string, shims: string | null }} Targets
 */

/** @type {Targets} */
const CURRENT = { name: 'electron', node: 'node24', page: 'esnext', shims: null };

/** The targets of the Electron that is here; of the current one where there is none yet. @returns {Targets} */
export function targets() {
  return !hasOfficial() && hasFallback() ? FALLBACK_TARGETS : CURRENT;
}

/** Makes a runtime ready. @returns {Promise<Runtime | string>} or one sentence that says what is missing */
export async function findRuntime() {
  const folder = await findFolder();
  if (folder === null) {
    return 'Electron could not be had: its download did not answer; try again with a network, or run "npx install-electron".';
  }
  const executable = path.join(folder, executableName(folder));
  const official = folder !== fallbackFolder;
  return missingLibraries(executable) ?? { folder, executable, args: sandboxArgs(), official };
}

/** @returns {Promise<string | null>} */
async function findFolder() {
  if (hasOfficial()) return officialFolder;
  if (hasFallback()) return fallbackFolder;
  if (download()) return officialFolder;
  const problem = await makeFallback();
  if (problem === null) return fallbackFolder;
  progress(problem);
  return null;
}

/** Runs Electron's own installer. @returns {boolean} */
function download() {
  progress('downloading Electron (about 110 MB, once) ...');
  spawnSync(process.execPath, [tool('electron/install.js')], { stdio: 'ignore', timeout: DOWNLOAD_LIMIT });
  if (!hasOfficial()) progress("Electron's own download is out of reach");
  return hasOfficial();
}

/** @returns {boolean} */
function hasOfficial() {
  const name = executableName(officialFolder);
  return name !== '' && existsSync(path.join(officialFolder, name));
}

/** @param {string} folder @returns {string} '' where the official one is not installed */
function executableName(folder) {
  if (folder === fallbackFolder) return 'electron';
  const file = path.join(root, 'node_modules', 'electron', 'path.txt'); // written by its installer
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Chromium refuses to sandbox itself as root; the renderer's own sandbox stays on. @returns {string[]} */
function sandboxArgs() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
