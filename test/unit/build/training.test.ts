import { describe, expect, test } from 'vitest';
import { countsOf } from '../../../build/training.mjs';

describe('the counts of the tests of training', () => {
  test('are those of a run that passes', () => {
    expect(countsOf('.....\n----\nRan 5 tests in 1.2s\n\nOK\n', 0)).toEqual({ passed: 5, failed: 0 });
  });

  test('leave skipped tests out', () => {
    expect(countsOf('Ran 5 tests in 1.2s\n\nOK (skipped=2)\n', 0)).toEqual({ passed: 3, failed: 0 });
  });

  test('hold failures and errors', () => {
    const output = 'Ran 9 tests in 1.2s\n\nFAILED (failures=1, errors=2, skipped=3)\n';
    expect(countsOf(output, 1)).toEqual({ passed: 3, failed: 3 });
  });

  test('are one failure where no test ran, or the run broke off', () => {
    expect(countsOf('Ran 0 tests in 0.0s\n\nNO TESTS RAN\n', 5)).toEqual({ passed: 0, failed: 1 });
    expect(countsOf('', null)).toEqual({ passed: 0, failed: 1 });
  });
});
