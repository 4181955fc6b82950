// The system libraries that Electron needs on Linux, and the virtual display for machines without a screen.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { progress } from '../project.mjs';

const LIBRARIES = ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2'];
const DISPLAY = ['xvfb', 'xauth'];

/** Installs what `executable` lacks where that can be done. @param {string} executable @returns {string | null} what is missing */
export function missingLibraries(executable) {
  if (process.platform !== 'linux' || lacking(executable) === '') return null;
  if (install(LIBRARIES) && lacking(executable) === '') return null;
  return `Electron lacks system libraries (${lacking(executable)}); install ${LIBRARIES.join(' ')} or what your system calls them.`;
}

/** @returns {string | null} what is missing for a display in memory */
export function missingDisplay() {
  if (existsSync('/usr/bin/Xvfb') || (install(DISPLAY) && existsSync('/usr/bin/Xvfb'))) return null;
  return `There is no display and no Xvfb to stand in for one; install ${DISPLAY.join(' ')}.`;
}

/** @param {string} executable @returns {string} the names of the libraries that the loader does not find */
function lacking(executable) {
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  const missing = stdout.split('\n').filter((line) => line.includes('not found'));
  return missing.map((line) => line.trim().split(' ')[0]).join(', ');
}

/** @param {string[]} packages @returns {boolean} */
function install(packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  progress(`installing ${packages.join(' ')} with apt-get ...`);
  apt('update', '-qq');
  return apt('install', '-qq', '-y', '--no-install-recommends', ...packages.map(nameHere));
}

/** Newer Debian and Ubuntu renamed the libraries that hold times. @param {string} name @returns {string} */
function nameHere(name) {
  return spawnSync('apt-cache', ['show', `${name}t64`], { stdio: 'ignore' }).status === 0
    ? `${name}t64`
    : name;
}

/** @param {string[]} args @returns {boolean} */
function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 2], env }).status === 0;
}
