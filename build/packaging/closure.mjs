// What of node_modules is shipped: in the bundles, or beside them.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../project.mjs';

/** What the page is made with; it is bundled, so package.json counts it among the tools. */
const OF_THE_PAGE = ['svelte', 'konva', '@lucide/svelte', '@wuchale/svelte'];

/** @typedef {{ name: string, version: string, license?: string, dependencies?: Record<string, string> }} Manifest */

/** The manifests of every dependency that is shipped, and of theirs, by name and version. @returns {Map<string, Manifest>} */
export function shipped() {
  /** @type {Map<string, Manifest>} */
  const found = new Map();
  const names = [...Object.keys(manifestOf('.')?.dependencies ?? {}), ...OF_THE_PAGE];
  const waiting = names.map((name) => ({ name, from: '' }));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const folder = installed(next.name, next.from);
    const manifest = folder === null ? null : manifestOf(folder);
    if (folder === null || manifest === null) continue;
    const key = `${manifest.name}@${manifest.version}`;
    if (found.has(key)) continue;
    found.set(key, manifest);
    waiting.push(...Object.keys(manifest.dependencies ?? {}).map((name) => ({ name, from: folder })));
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where a package finds another: in a folder of its own, or in one of those above. @param {string} name @param {string} from */
function installed(name, from) {
  for (let folder = from; ; folder = above(folder)) {
    const inside = path.join(folder, 'node_modules', name);
    if (manifestOf(inside) !== null) return inside;
    if (folder === '') return null;
  }
}

/** The package in whose node_modules a folder lies; '' is the project. @param {string} folder */
function above(folder) {
  const at = folder.lastIndexOf(`${path.sep}node_modules${path.sep}`);
  return at === -1 ? '' : folder.slice(0, at);
}

/** @param {string} folder @returns {Manifest | null} null for what is not installed on this platform */
export function manifestOf(folder) {
  const file = path.join(root, folder, 'package.json');
  return existsSync(file) ? /** @type {Manifest} */ (JSON.parse(readFileSync(file, 'utf8'))) : null;
}
