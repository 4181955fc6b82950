// `npm run docs`: writes the reference of the command line. With --pictures also the guide's pictures, from the real window.
import { bundleApp } from './app.mjs';
import { runMain } from './bundle.mjs';
import { prepareWindows } from './electron/windows.mjs';
import { fail } from './project.mjs';
import { setUp } from './setup.mjs';

setUp();
await runMain('electron/cli/reference.ts', []);
if (process.argv.includes('--pictures')) {
  const windows = await prepareWindows();
  if (typeof windows === 'string') fail(windows);
  try {
    await bundleApp();
    Object.assign(process.env, windows.env);
    await runMain('test/e2e/guide/pictures.ts', []);
  } finally {
    windows.close();
  }
}
