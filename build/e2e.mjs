// `npm run e2e [-- FILE ...]`: the end-to-end tests alone, in a real Electron; without a screen, on one in memory.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { bundleApp } from './app.mjs';
import { openDisplay } from './electron/display.mjs';
import { findRuntime } from './electron/runtime.mjs';
import { progress, root, tool } from './project.mjs';
import { setUp } from './setup.mjs';

const report = path.join(root, '.cache', 'playwright.json');

/** @typedef {{ passed: number, failed: number }} Counts */
/** @typedef {{ errors: unknown[], stats: { expected: number, unexpected: number, flaky: number } }} Report */

/** Runs them. What cannot run counts as one failure. @param {string[]} args for Playwright @returns {Promise<Counts>} */
export async function runEndToEnd(args = []) {
  const runtime = await findRuntime();
  if (typeof runtime === 'string') return cannotRun(runtime);
  const display = await openDisplay();
  if (typeof display === 'string') return cannotRun(display);
  try {
    await bundleApp();
    return runPlaywright(args, { ELECTRON_OVERRIDE_DIST_PATH: runtime.folder, DISPLAY: display.name });
  } catch (error) {
    return cannotRun(error instanceof Error ? error.message : String(error));
  } finally {
    display.close();
  }
}

/** @param {string} why @returns {Counts} */
function cannotRun(why) {
  progress(`the window cannot be tested. ${why}`);
  return { passed: 0, failed: 1 };
}

/** @param {string[]} args @param {Record<string, string | undefined>} env @returns {Counts} */
function runPlaywright(args, env) {
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const config = ['--config', 'test/e2e/playwright.config.ts', '--reporter=list,json'];
  spawnSync(process.execPath, [tool('@playwright/test/cli.js'), 'test', ...config, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  });
  try {
    const { stats, errors } = /** @type {Report} */ (JSON.parse(readFileSync(report, 'utf8')));
    // Errors are outside tests, such as a file that does not load.
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

if (process.argv[1] === import.meta.filename) {
  setUp();
  const { passed, failed } = await runEndToEnd(process.argv.slice(2));
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
