// `npm run bench -- NAME [--out FILE]`: runs bench/NAME.bench.ts.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { bundleApp } from './app.mjs';
import { runMain } from './bundle.mjs';
import { prepareWindows } from './electron/windows.mjs';
import { fail, root } from './project.mjs';
import { setUp } from './setup.mjs';

const IN_A_WINDOW = ['editor', 'kills', 'soak', 'tokens'];

const [name = '', ...args] = process.argv.slice(2);
const benches = readdirSync(path.join(root, 'bench'))
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''));
if (!benches.includes(name)) fail(`say which: npm run bench -- ${benches.join(' | ')}`);

if (IN_A_WINDOW.includes(name)) await runInWindow();
else await run();

function run() {
  return runMain(`bench/${name}.bench.ts`, args);
}

async function runInWindow() {
  setUp();
  const windows = await prepareWindows();
  if (typeof windows === 'string') return fail(windows);
  try {
    await bundleApp();
    Object.assign(process.env, windows.env);
    await run();
  } finally {
    windows.close();
  }
}
