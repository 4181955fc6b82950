// `npm start [-- FILE]`: opens the window. Where there is no screen, it fills a sample photograph instead.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { bundleApp } from './app.mjs';
import { runMain } from './bundle.mjs';
import { findRuntime } from './electron/runtime.mjs';
import { fail, progress, root } from './project.mjs';
import { setUp } from './setup.mjs';

setUp();
if (hasScreen()) await openWindow(process.argv.slice(2));
else {
  progress('there is no screen for a window, so a sample photograph is filled instead ...');
  await runMain('electron/cli/main.ts', ['demo', ...process.argv.slice(2)]);
}

/** @param {string[]} files */
async function openWindow(files) {
  const runtime = await findRuntime();
  if (typeof runtime === 'string') fail(runtime);
  await bundleApp();
  const args = [...runtime.args, root, ...files.map((file) => path.resolve(file))];
  const child = spawn(runtime.executable, args, { stdio: 'inherit' });
  child.on('exit', (code) => (process.exitCode = code ?? 1));
}

function hasScreen() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}
