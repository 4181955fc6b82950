// `npm run e2e [-- FILE ...]`: the end-to-end tests alone, in a real Electron; without a screen, on one in memory.
// With --packaged they drive the application as `npm run dist` makes it; with --installed, its deb, which is installed for them and
// removed again.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { bundleApp } from './app.mjs';
import { packageApp } from './dist.mjs';
import { prepareWindows } from './electron/windows.mjs';
import { allowInspection } from './packaging/fuses.mjs';
import { install } from './packaging/installed.mjs';
import { linkTree } from './packaging/linkTree.mjs';
import { progress, root, tool } from './project.mjs';
import { setUp } from './setup.mjs';

const report = path.join(root, '.cache', 'playwright.json');
const SCREENS = Math.min(2, availableParallelism()); // a window waits about a third of its time

/** @typedef {{ passed: number, failed: number }} Counts */
/** @typedef {{ errors: unknown[], stats: { expected: number, unexpected: number, flaky: number } }} Report */

/**
 * Runs them. What cannot run counts as one failure.
 * @param {string[]} args for Playwright @param {'checkout' | 'packaged' | 'installed'} how @returns {Promise<Counts>}
 */
export async function runEndToEnd(args = [], how = 'checkout') {
  const windows = await prepareWindows(SCREENS);
  if (typeof windows === 'string') return cannotRun(windows);
  try {
    await bundleApp();
    if (how === 'checkout') return runPlaywright(args, windows.env);
    const packed = await packageApp();
    if (how === 'packaged')
      return runPlaywright(args, { ...windows.env, TESSERA_EXECUTABLE: await drivable(packed) });
    const { executable, remove } = install(packed);
    try {
      await allowInspection(executable); // it is this machine's alone
      return runPlaywright(args, { ...windows.env, TESSERA_EXECUTABLE: executable });
    } finally {
      remove();
    }
  } catch (error) {
    return cannotRun(error instanceof Error ? error.message : String(error));
  } finally {
    windows.close();
  }
}

/**
 * What is packed lets no debugger in, and tests are one: they drive a copy that does, which lies elsewhere so that it is not given
 * away. @param {import('./dist.mjs').Packed} packed @returns {Promise<string>} its executable
 */
async function drivable({ executable, folder }) {
  if (process.platform === 'darwin') throw new Error('On a Mac a packaged application cannot be driven.');
  const twin = path.join(root, '.cache', 'driven');
  rmSync(twin, { recursive: true, force: true });
  linkTree(folder, twin);
  const copy = path.join(twin, path.basename(executable));
  rmSync(copy);
  copyFileSync(executable, copy);
  await allowInspection(copy);
  return copy;
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
  const args = process.argv.slice(2);
  const how = args.includes('--installed')
    ? 'installed'
    : args.includes('--packaged')
      ? 'packaged'
      : 'checkout';
  const { passed, failed } = await runEndToEnd(
    args.filter((arg) => arg !== `--${how}`),
    how,
  );
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
