// The licences of what is bundled: they ask to be passed on.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../project.mjs';

/** What the page is made with; it is bundled, so package.json counts it among the tools. */
const OF_THE_PAGE = ['svelte', 'konva', '@lucide/svelte'];

/** @typedef {{ name: string, version: string, license?: string, dependencies?: Record<string, string> }} Manifest */

/** The notices of every dependency, and of theirs, in one text. @returns {string} */
export function notices() {
  const own = manifestOf('.');
  const found = new Map();
  const waiting = [...Object.keys(own?.dependencies ?? {}), ...OF_THE_PAGE];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const manifest = found.has(name) ? null : manifestOf(path.join('node_modules', name));
    if (manifest === null) continue;
    found.set(name, notice(manifest));
    waiting.push(...Object.keys(manifest.dependencies ?? {}));
  }
  return [...found.keys()]
    .sort()
    .map((name) => String(found.get(name)))
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} folder @returns {Manifest | null} null for what is not installed on this platform */
function manifestOf(folder) {
  const file = path.join(root, folder, 'package.json');
  return existsSync(file) ? /** @type {Manifest} */ (JSON.parse(readFileSync(file, 'utf8'))) : null;
}

/** @param {Manifest} manifest @returns {string} */
function notice({ name, version, license }) {
  const folder = path.join(root, 'node_modules', name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : `\n${readFileSync(path.join(folder, file), 'utf8').trim()}\n`;
  return `${name} ${version} (${license ?? 'see below'})\n${text}`;
}
