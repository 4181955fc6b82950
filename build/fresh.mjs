// Tells whether a bundle is newer than everything it is made from, so that a second start is fast.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from './project.mjs';

const ALWAYS = ['build', 'package.json', 'package-lock.json'];

/** @param {string} output @param {string[]} sources folders and files, from the project's root @returns {boolean} */
export function isFresh(output, sources) {
  if (!existsSync(output)) return false;
  const built = statSync(output).mtimeMs;
  return [...sources, ...ALWAYS].every((source) => newest(path.join(root, source)) < built);
}

/** A folder counts itself: its time is when a file was last added or removed. @param {string} file @returns {number} ms */
function newest(file) {
  const status = statSync(file);
  if (!status.isDirectory()) return status.mtimeMs;
  return readdirSync(file).reduce(
    (time, name) => Math.max(time, newest(path.join(file, name))),
    status.mtimeMs,
  );
}
