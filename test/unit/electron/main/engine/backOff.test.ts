import { expect, test } from 'vitest';
import { createBackOff } from '../../../../../electron/main/engine/backOff.ts';

const MINUTE = 60_000;

test('an engine that dies of a job is replaced at once', () => {
  const { after } = createBackOff();
  for (let i = 0; i < 10; i++) expect(after(5 * MINUTE)).toEqual({ delay: 0, hopeless: false });
});

test('one that keeps dying at its start is tried more and more rarely, until it lives', () => {
  const { after } = createBackOff();
  const restarts = Array.from({ length: 12 }, () => after(50));
  expect(restarts.slice(0, 5).map(({ delay }) => delay)).toEqual([0, 0, 1000, 2000, 4000]);
  expect(restarts.at(-1)?.delay).toBe(MINUTE);
  expect(after(5 * MINUTE).delay).toBe(0);
  expect(after(50).delay).toBe(0);
});

test('somebody is told once that it does not start', () => {
  const { after } = createBackOff();
  const restarts = Array.from({ length: 12 }, () => after(50));
  expect(restarts.filter(({ hopeless }) => hopeless)).toHaveLength(1);
  expect(restarts[5]?.hopeless).toBe(true);
});
