// What of node_modules is shipped: in the bundles, or beside them.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../project.mjs';

/** What the page is made with; it is bundled, so package.json counts it among the tools. */
const OF_THE_PAGE = ['svelte', 'konva', '@lucide/svelte'];

/** @typedef {{ name: string, version: string, license?: string, dependencies?: Record<string, string> }} Manifest */

/** The manifests of every dependency that is shipped, and of theirs, by name. @returns {Map<string, Manifest>} */
export function shipped() {
  /** @type {Map<string, Manifest>} */
  const found = new Map();
  const waiting = [...Object.keys(manifestOf('.')?.dependencies ?? {}), ...OF_THE_PAGE];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const manifest = found.has(name) ? null : manifestOf(path.join('node_modules', name));
    if (manifest === null) continue;
    found.set(name, manifest);
    waiting.push(...Object.keys(manifest.dependencies ?? {}));
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @param {string} folder @returns {Manifest | null} null for what is not installed on this platform */
export function manifestOf(folder) {
  const file = path.join(root, folder, 'package.json');
  return existsSync(file) ? /** @type {Manifest} */ (JSON.parse(readFileSync(file, 'utf8'))) : null;
}
