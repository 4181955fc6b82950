// A display in memory for machines without a screen.
import { spawn } from 'node:child_process';
import { missingDisplay } from './libraries.mjs';

const SIZE = '2600x1500x24'; // px, and bits of colour: room for a window of 2560 x 1440

/** @typedef {{ name: string | undefined, close: () => void }} Display `name` is what DISPLAY should be */

/** The screen that is there, or one in memory. @returns {Promise<Display | string>} or one sentence that says what is missing */
export async function openDisplay() {
  const there = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY;
  if (process.platform !== 'linux' || there !== undefined)
    return { name: process.env.DISPLAY, close: () => undefined };
  return missingDisplay() ?? (await startXvfb());
}

/** @returns {Promise<Display | string>} */
function startXvfb() {
  const args = ['-displayfd', '3', '-screen', '0', SIZE, '-nolisten', 'tcp', '-noreset'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  return new Promise((resolve) => {
    server.on('error', (error) => {
      resolve(`Xvfb could not be started (${error.message}).`);
    });
    server.on('exit', () => {
      resolve('Xvfb ended at once; start it by hand to see why.');
    });
    server.stdio[3]?.once('data', (/** @type {Buffer} */ number) => {
      resolve({ name: `:${number.toString().trim()}`, close: () => server.kill() });
    });
  });
}
