import { availableParallelism } from 'node:os';
import { expect, it } from 'vitest';
import { countCores, defaultThreads } from '../../../../native-models/runtime/threads.ts';

const cpu = (processor: number, socket: number, core: number) =>
  `processor\t: ${processor}\nphysical id\t: ${socket}\nsiblings\t: 4\ncore id\t\t: ${core}\n`;

it('counts two threads of one core once, and the same core id on two sockets twice', () => {
  const info = [cpu(0, 0, 0), cpu(1, 0, 1), cpu(2, 0, 0), cpu(3, 0, 1), cpu(4, 1, 0)].join('\n');
  expect(countCores(info)).toBe(3);
});

it('counts nothing where the kernel does not tell', () => {
  expect(countCores('processor\t: 0\nBogoMIPS\t: 50.00\n')).toBe(0);
});

it('uses at least one thread and no more than the process may', () => {
  expect(defaultThreads()).toBeGreaterThanOrEqual(1);
  expect(defaultThreads()).toBeLessThanOrEqual(availableParallelism());
});
