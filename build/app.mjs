// Builds the application with a window into dist/app: main, preload script, engine, and the window's page.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { targets } from './electron/runtime.mjs';
import { isFresh } from './fresh.mjs';
import { ICON, renderIcon } from './packaging/icon.mjs';
import { configuredRelease, writeRelease } from './packaging/release.mjs';
import { progress, root } from './project.mjs';

/** What stays outside the bundles: Electron gives itself, and the others carry native code or WebAssembly. */
const EXTERNAL = [
  ...['electron', 'onnxruntime-node'],
  ...['wasm-vips', 'libheif-js', '@cornerstonejs/codec-openjpeg'],
];

const PROCESSES = [
  { entry: 'electron/main/main.ts', outfile: 'main.cjs', sources: ['core', 'electron'] },
  {
    entry: 'electron/preload/preload.ts',
    outfile: 'preload.cjs',
    sources: ['core/contract', 'electron/preload'],
  },
  {
    entry: 'electron/engine/main.ts',
    outfile: 'engine.cjs',
    sources: ['core', 'electron', 'native-models/runtime'],
  },
];
const PAGE = ['core', 'renderer', 'assets/samples', 'build/texts', 'vite.config.ts', 'svelte.config.js'];

const WINDOW_ICON = 256; // px
const TARGET = 'target.txt'; // says which Electron dist/app was built for

/** @typedef {import('./electron/runtime.mjs').Targets} Targets */

/** Builds what is older than its sources, or was built for another Electron than the one that is here. */
export async function bundleApp() {
  const wanted = targets();
  const same = builtFor() === wanted.name;
  const stale = PROCESSES.filter(({ outfile, sources }) => !same || !isFresh(inApp(outfile), sources));
  for (const { entry, outfile } of stale) await bundleProcess(entry, outfile, wanted);
  if (!same || !isFresh(inApp('renderer/index.html'), PAGE)) await bundlePage(wanted);
  if (!isFresh(inApp('icon.png'), [ICON])) await renderIcon(WINDOW_ICON, inApp('icon.png'));
  writeRelease(inApp('release.json'), configuredRelease());
  if (same) return;
  mkdirSync(inApp(''), { recursive: true });
  writeFileSync(inApp(TARGET), wanted.name); // last: what was stopped half-way is built again
}

/** @returns {string} the name of the targets that dist/app was built for, '' where it was not */
function builtFor() {
  return existsSync(inApp(TARGET)) ? readFileSync(inApp(TARGET), 'utf8') : '';
}

/** @param {string} entry @param {string} outfile @param {Targets} targets */
async function bundleProcess(entry, outfile, { node, shims }) {
  const { build } = await import('esbuild');
  const { cataloguesForEsbuild } = await import('./texts/plugins.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: path.join('dist', 'app', outfile),
    bundle: true,
    external: EXTERNAL,
    plugins: [cataloguesForEsbuild],
    platform: 'node',
    target: node,
    inject: shims ? [path.join(shims, outfile.replace('.cjs', '.mjs'))] : [],
    format: 'cjs', // a preload script in a sandbox and a utility process can be nothing else there
    supported: { 'dynamic-import': false }, // becomes require, like everything else
    sourcemap: true,
    logLevel: 'error',
  });
}

/** @param {Targets} targets */
async function bundlePage({ page }) {
  progress('building the window ...');
  const { build } = await import('vite');
  await build({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn', build: { target: page } });
}

/** @param {string} file @returns {string} */
function inApp(file) {
  return path.join(root, 'dist', 'app', file);
}
