'use strict';
// Stands in for Electron's own default_app.asar: `electron [-r module] [--flags] <folder or main file> [arguments]`.
const { app } = require('electron');
const { readFileSync, statSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

/** @typedef {{ _load(file: string, parent: null, main: boolean): unknown, _preloadModules(files: string[]): void }} Loader */
const loader = /** @type {Loader} */ (/** @type {unknown} */ (Module));
/** @typedef {{ setVersion(version: string): void, setAppPath(folder: string): void }} Undocumented what Electron's own uses */
const undocumented = /** @type {Undocumented} */ (/** @type {unknown} */ (app));

const { first, preloads } = parse(process.argv.slice(1));
Object.assign(process, { defaultApp: true });
if (first === null) {
  process.stdout.write(`v${process.versions.electron}\n`);
  process.exit(0);
}
loader._preloadModules(preloads);
loader._load(prepare(path.resolve(first)), null, true);

/** @param {string[]} args @returns {{ first: string | null, preloads: string[] }} */
function parse(args) {
  const preloads = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '-r' || arg === '--require') preloads.push(args[++at] ?? '');
    else if (!arg.startsWith('-')) return { first: arg, preloads };
  }
  return { first: null, preloads };
}

/** Gives the application its name and version. @param {string} target @returns {string} the main file */
function prepare(target) {
  if (!statSync(target).isDirectory()) return target;
  const text = readFileSync(path.join(target, 'package.json'), 'utf8');
  const manifest = /** @type {Record<string, string>} */ (JSON.parse(text));
  undocumented.setVersion(manifest.version ?? '');
  app.name = manifest.productName ?? manifest.name ?? 'Electron';
  undocumented.setAppPath(target);
  return path.join(target, manifest.main ?? 'index.js');
}
