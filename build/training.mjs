// The Python tests of native-models/training, where a Python with PyTorch is installed.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { progress, root } from './project.mjs';

const NEEDED = 'import torch, onnx, onnxruntime, numpy, PIL, matplotlib';

/** Runs them; where there is no such Python, says so and counts nothing. @returns {{ passed: number, failed: number }} */
export function testTraining() {
  const python = findPython();
  if (python === null) {
    progress('the tests of training are skipped: no Python with PyTorch (TESSERA_PYTHON can name one).');
    return { passed: 0, failed: 0 };
  }
  progress('testing the training code ...');
  const { status, stderr } = spawnSync(python, ['-W', 'ignore', '-m', 'unittest'], {
    cwd: path.join(root, 'native-models', 'training'),
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const counts = countsOf(stderr, status);
  if (counts.failed > 0) process.stderr.write(stderr);
  return counts;
}

/** @returns {string | null} */
function findPython() {
  const named = process.env.TESSERA_PYTHON;
  const names = named === undefined ? ['python3', 'python'] : [named];
  return names.find((name) => spawnSync(name, ['-c', NEEDED], { stdio: 'ignore' }).status === 0) ?? null;
}

/**
 * Reads the last lines that unittest prints, such as "Ran 40 tests in 60 s" and "FAILED (failures=1, errors=2, skipped=3)".
 * A run that ended otherwise counts as one failure.
 * @param {string} output @param {number | null} status @returns {{ passed: number, failed: number }}
 */
export function countsOf(output, status) {
  const ran = Number(/^Ran (\d+) tests? in /m.exec(output)?.[1] ?? 0);
  const failed = numberOf(output, 'failures') + numberOf(output, 'errors');
  const passed = Math.max(0, ran - failed - numberOf(output, 'skipped'));
  return { passed, failed: status === 0 && ran > 0 ? failed : Math.max(1, failed) };
}

/** @param {string} output @param {string} what @returns {number} */
function numberOf(output, what) {
  return Number(new RegExp(`^(?:OK|FAILED) \\(.*\\b${what}=(\\d+)`, 'm').exec(output)?.[1] ?? 0);
}
