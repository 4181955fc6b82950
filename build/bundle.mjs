// Bundles an entry point into dist/. Dependencies stay in node_modules: some carry native binaries.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleApp } from './app.mjs';
import { isFresh } from './fresh.mjs';
import { root } from './project.mjs';
import { setUp } from './setup.mjs';

const SOURCES = ['core', 'electron', 'native-models/runtime', 'bench', 'test/e2e/support', 'test/e2e/guide'];

/** @typedef {(args: string[], project: { root: string }) => Promise<number>} Main gives the exit code */

/** Bundles `entry` if any source is newer than its bundle. @param {string} entry @returns {Promise<string>} the bundle */
export async function bundle(entry) {
  const outfile = path.join(root, 'dist', entry.replace(/\.ts$/, '.mjs'));
  if (isFresh(outfile, SOURCES)) return outfile;
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: 'dist',
    outbase: '.',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true, // what a command does not need is not loaded
    chunkNames: 'chunks/[name]-[hash]',
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    logLevel: 'error',
  });
  return outfile;
}

/** Sets up, bundles and runs an entry point's `main`. @param {string} entry @param {string[]} args */
export async function runMain(entry, args) {
  setUp();
  const module = /** @type {{ main: Main }} */ (await import(pathToFileURL(await bundle(entry)).href));
  process.exitCode = await module.main(args, { root });
}

if (process.argv[1] === import.meta.filename) {
  setUp();
  await bundle('electron/cli/main.ts');
  await bundleApp();
}
