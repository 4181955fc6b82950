// `npm test`: sets up, checks, bundles, runs every test. Its last line is "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { audit } from './audit.mjs';
import { bundle } from './bundle.mjs';
import { check } from './check.mjs';
import { runEndToEnd } from './e2e.mjs';
import { progress, root, tool } from './project.mjs';
import { setUp } from './setup.mjs';
import { testTraining } from './training.mjs';

const report = path.join(root, '.cache', 'vitest.json');

setUp();
const audited = audit(); // meanwhile: it waits for a network
progress('checking format, types, lint, import rules and dead code ...');
const checks = await check();
progress('bundling ...');
await bundle('electron/cli/main.ts');
progress('running the tests ...');
const tests = runVitest();
const training = testTraining();
progress('testing the window ...');
const windows = await runEndToEnd();
progress('testing what packaging may break: the engine and its files ...');
const packaged = await runPackaged();

const runs = [checks, tests, training, windows, packaged, await audited];
const passed = runs.reduce((sum, run) => sum + run.passed, 0);
const failed = runs.reduce((sum, run) => sum + run.failed, 0);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && tests.passed > 0 ? 0 : 1;

/** A Mac's packaged application cannot be driven. @returns {Promise<{ passed: number, failed: number }>} */
async function runPackaged() {
  if (process.platform === 'darwin') return { passed: 0, failed: 0 };
  return runEndToEnd(['shell/engine'], 'packaged');
}

/** @typedef {{ numPassedTests: number, numFailedTests: number, numFailedTestSuites: number }} Report */

/** @returns {{ passed: number, failed: number }} */
function runVitest() {
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const args = ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  const { status } = spawnSync(process.execPath, [tool('vitest/vitest.mjs'), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  try {
    const counts = /** @type {Report} */ (JSON.parse(readFileSync(report, 'utf8')));
    // A suite that does not load has no tests to fail; it counts as one failure.
    const broken = status !== 0 && counts.numFailedTests === 0 ? Math.max(1, counts.numFailedTestSuites) : 0;
    return { passed: counts.numPassedTests, failed: counts.numFailedTests + broken };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
