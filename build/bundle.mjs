// Bundles an entry point into dist/. Dependencies stay in node_modules: some carry native binaries.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './project.mjs';
import { setUp } from './setup.mjs';

const SOURCES = ['core', 'electron', 'native-models/runtime', 'bench', 'build'];

/** @typedef {(args: string[], project: { root: string }) => Promise<number>} Main gives the exit code */

/** Bundles `entry` if any source is newer than its bundle. @param {string} entry @returns {Promise<string>} the bundle */
export async function bundle(entry) {
  const outfile = path.join(root, 'dist', entry.replace(/\.ts$/, '.mjs'));
  if (isFresh(outfile)) return outfile;
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

/** @param {string} outfile */
function isFresh(outfile) {
  if (!existsSync(outfile)) return false;
  const built = statSync(outfile).mtimeMs;
  const files = SOURCES.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name)),
  );
  return [...files, path.join(root, 'package.json')].every((file) => statSync(file).mtimeMs < built);
}

if (process.argv[1] === import.meta.filename) {
  setUp();
  await bundle('electron/cli/main.ts');
}
