import { build } from 'esbuild';
import path from 'node:path';

/** The engine as the application starts it: one script. Each caller names a file of its own, since tests run side by side. */
export async function bundleEngine(name: string): Promise<string> {
  const outfile = path.resolve('dist/test', `${name}.cjs`);
  await build({
    entryPoints: ['electron/engine/main.ts'],
    outfile,
    bundle: true,
    external: ['onnxruntime-node', 'wasm-vips', 'libheif-js', '@cornerstonejs/codec-openjpeg'],
    platform: 'node',
    target: 'node18',
    format: 'cjs',
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  });
  return outfile;
}
