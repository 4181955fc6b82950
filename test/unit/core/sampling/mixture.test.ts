import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeLogs } from '../../../../core/sampling/mixture.ts';

describe('takeLogs', () => {
  it('gives logarithms as exact as the numbers can hold, and touches no others', () => {
    const normal = fc.float({ min: Math.fround(2 ** -126), max: Math.fround(2 ** 127), noNaN: true });
    const values = fc.array(normal, { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.constantFrom(0, Math.LN2, 1.5), (numbers, shift) => {
        const taken = Float32Array.from([7, ...numbers, 7]);
        takeLogs(taken, new Int32Array(taken.buffer), 1, numbers.length + 1, shift);
        expect([taken[0], taken.at(-1)]).toEqual([7, 7]);
        numbers.forEach((number, i) => {
          const exact = Math.log(number) - shift;
          expect(Math.abs(taken[i + 1]! - exact)).toBeLessThanOrEqual(1e-10 + Math.abs(exact) * 2 ** -24);
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('knows 0 and 1', () => {
    const values = Float32Array.of(0, 1);
    takeLogs(values, new Int32Array(values.buffer), 0, 2, 0);
    expect(values[0]).toBe(-Infinity);
    expect(Math.abs(values[1]!)).toBeLessThan(1e-10);
  });
});
