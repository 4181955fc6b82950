// The deb as a person has it: installed, and removed without a trace. It changes the system, so nobody does it but who asks for it.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { hasDpkg, makeDeb } from './deb.mjs';

/** @typedef {{ executable: string, remove: () => void }} Installed */

/** Installs what was packed. @param {import('../dist.mjs').Packed} packed @returns {Installed} */
export function install({ folder, version }) {
  if (!hasDpkg() || process.getuid?.() !== 0)
    throw new Error('A deb is installed by root, on Debian or Ubuntu.');
  if (spawnSync('dpkg', ['--status', 'tessera']).status === 0)
    throw new Error('A Tessera is installed already.');
  const deb = makeDeb(folder, version, ['-Zgzip', '-z1']);
  try {
    dpkg('--install', deb);
  } catch (error) {
    spawnSync('dpkg', ['--purge', 'tessera']);
    throw error;
  } finally {
    rmSync(deb);
  }
  const files = dpkg('--listfiles', 'tessera').split('\n');
  return {
    executable: '/opt/Tessera/tessera',
    remove() {
      dpkg('--purge', 'tessera');
      const left = files.filter((file) => /tessera/i.test(file) && existsSync(file));
      if (left.length > 0) throw new Error(`These were left behind: ${left.join(', ')}.`);
    },
  };
}

/** @param {string[]} args @returns {string} what it prints */
function dpkg(...args) {
  const { status, stdout, stderr } = spawnSync('dpkg', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`dpkg ${args[0] ?? ''} fails: ${stderr.trim()}`);
  return stdout;
}
