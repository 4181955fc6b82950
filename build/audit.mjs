// `npm audit` of what is shipped, where the registry answers it; else one line says that it was skipped.
import { spawn } from 'node:child_process';
import { progress, root } from './project.mjs';

const PATIENCE = 15_000; // ms

/** @typedef {{ metadata?: { vulnerabilities?: Record<string, number> } }} Answer */

/** Known holes in what is shipped count as one failure. Never rejects. @returns {Promise<{ passed: number, failed: number }>} */
export async function audit() {
  const counts = countsIn(await ask());
  if (counts === null) {
    progress('npm audit was skipped: the registry does not answer it here');
    return { passed: 0, failed: 0 };
  }
  const { total = 0, ...others } = counts;
  const found = Object.entries(others).flatMap(([severity, count]) =>
    count > 0 ? [`${count} ${severity}`] : [],
  );
  if (total === 0) return { passed: 1, failed: 0 };
  progress(`npm audit --omit=dev finds ${found.join(', ')}`);
  return { passed: 0, failed: 1 };
}

/** How many there are of each severity; null for what is no answer. @param {string} text @returns {Record<string, number> | null} */
export function countsIn(text) {
  try {
    const answer = /** @type {Answer} */ (JSON.parse(text));
    return answer.metadata?.vulnerabilities ?? null;
  } catch {
    return null;
  }
}

/** @returns {Promise<string>} what npm prints; '' where it cannot be started or takes too long */
function ask() {
  return new Promise((resolve) => {
    const args = ['audit', '--omit=dev', '--json', '--fetch-retries=0', `--fetch-timeout=${PATIENCE}`];
    const child = spawn('npm', args, {
      cwd: root,
      shell: process.platform === 'win32', // npm is npm.cmd there
      timeout: 2 * PATIENCE,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let text = '';
    child.stdout.on('data', (/** @type {Buffer} */ part) => (text += part.toString()));
    child.on('error', () => {
      resolve('');
    });
    child.on('close', () => {
      resolve(text);
    });
  });
}
