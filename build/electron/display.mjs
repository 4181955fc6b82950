// A display in memory for machines without a screen.
import { spawn } from 'node:child_process';
import { missingDisplay } from './libraries.mjs';

const SIZE = '2600x1500x24'; // px, and bits of colour: room for a window of 2560 x 1440

/** @typedef {{ names: string[], close: () => void }} Displays `names` are what DISPLAY should be; none where the system has no such name */

/** The screen that is there, or `count` in memory. @param {number} count @returns {Promise<Displays | string>} or one sentence that says what is missing */
export async function openDisplays(count) {
  const there = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY;
  if (process.platform !== 'linux' || there !== undefined)
    return { names: process.env.DISPLAY === undefined ? [] : [process.env.DISPLAY], close: () => undefined };
  const missing = missingDisplay();
  if (missing !== null) return missing;
  const started = await Promise.all(Array.from({ length: count }, startXvfb));
  const close = () => {
    for (const one of started) if (typeof one !== 'string') one.server.kill();
  };
  const problem = started.find((one) => typeof one === 'string');
  if (problem === undefined)
    return { names: started.flatMap((one) => (typeof one === 'string' ? [] : [one.name])), close };
  close();
  return problem;
}

/** @returns {Promise<{ name: string, server: import('node:child_process').ChildProcess } | string>} */
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
      resolve({ name: `:${number.toString().trim()}`, server });
    });
  });
}
