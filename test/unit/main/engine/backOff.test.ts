import { expect, test } from 'vitest';
import { createBackOff } from '../../../../electron/main/engine/backOff.ts';

const MINUTE = 60_000;

test('an engine that dies of a job is replaced at once', () => {
  const { delayAfter } = createBackOff();
  for (let i = 0; i < 10; i++) expect(delayAfter(5 * MINUTE)).toBe(0);
});

test('one that keeps dying at its start is tried more and more rarely, until it lives', () => {
  const { delayAfter } = createBackOff();
  const delays = Array.from({ length: 12 }, () => delayAfter(50));
  expect(delays.slice(0, 5)).toEqual([0, 0, 1000, 2000, 4000]);
  expect(delays.at(-1)).toBe(MINUTE);
  expect(delayAfter(5 * MINUTE)).toBe(0);
  expect(delayAfter(50)).toBe(0);
});
