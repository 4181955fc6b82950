// Builds the application with a window into dist/app: main, preload script, engine, and the window's page.
import path from 'node:path';
import { isFresh } from './fresh.mjs';
import { ICON, renderIcon } from './packaging/icon.mjs';
import { progress, root } from './project.mjs';

/** What stays outside the bundles: Electron gives itself, and the others carry native code or WebAssembly. */
const EXTERNAL = ['electron', 'onnxruntime-node', 'wasm-vips'];

const PROCESSES = [
  { entry: 'electron/main/main.ts', outfile: 'main.cjs', sources: ['core', 'electron'] },
  {
    entry: 'electron/preload/preload.ts',
    outfile: 'preload.cjs',
    sources: ['core/contract', 'electron/preload'],
  },
  {
    entry: 'electron/engine/process/main.ts',
    outfile: 'engine.cjs',
    sources: ['core', 'electron', 'native-models/runtime'],
  },
];
const PAGE = ['core', 'renderer', 'assets/samples', 'vite.config.ts', 'svelte.config.js'];

const WINDOW_ICON = 256; // px

/** Builds what is older than its sources. */
export async function bundleApp() {
  const stale = PROCESSES.filter(({ outfile, sources }) => !isFresh(inApp(outfile), sources));
  for (const { entry, outfile } of stale) await bundleProcess(entry, outfile);
  if (!isFresh(inApp('renderer/index.html'), PAGE)) await bundlePage();
  if (!isFresh(inApp('icon.png'), [ICON])) await renderIcon(WINDOW_ICON, inApp('icon.png'));
}

/** @param {string} entry @param {string} outfile */
async function bundleProcess(entry, outfile) {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: path.join('dist', 'app', outfile),
    bundle: true,
    external: EXTERNAL,
    platform: 'node',
    target: 'node18', // of the oldest Electron that build/electron may find
    format: 'cjs', // a preload script in a sandbox and a utility process can be nothing else there
    supported: { 'dynamic-import': false }, // becomes require, like everything else
    sourcemap: true,
    logLevel: 'error',
  });
}

async function bundlePage() {
  progress('building the window ...');
  const { build } = await import('vite');
  await build({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' });
}

/** @param {string} file @returns {string} */
function inApp(file) {
  return path.join(root, 'dist', 'app', file);
}
