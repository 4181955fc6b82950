import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder that holds package.json. */
export const root = path.resolve(import.meta.dirname, '..');

/** Says on stderr what a slow step is about to do; stdout stays free for results. @param {string} text */
export function progress(text) {
  process.stderr.write(`tessera: ${text}\n`);
}

/** Ends the process with one sentence. @param {string} text @returns {never} */
export function fail(text) {
  process.stderr.write(`tessera: ${text}\n`);
  process.exit(1);
}

/** The script behind a tool's command, for `node script args`. @param {string} script path in node_modules */
export function tool(script) {
  const file = path.join(root, 'node_modules', script);
  if (!existsSync(file)) fail(`${script} is missing from node_modules; run "npm ci" and try again.`);
  return file;
}
