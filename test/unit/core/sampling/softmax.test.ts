import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highestOf, weigh } from '../../../../core/sampling/softmax.ts';

const logits = fc
  .array(fc.float({ min: -90, max: 90, noNaN: true }), { minLength: 1, maxLength: 300 })
  .map((row) => Float32Array.from(row));

describe('highestOf', () => {
  it('is the largest of rows of any length', () => {
    fc.assert(
      fc.property(logits, (row) => {
        expect(highestOf(row) + 0).toBe(Math.max(...row) + 0); // + 0: no matter which zero
      }),
    );
    expect(highestOf(new Float32Array(6).fill(-Infinity))).toBe(-Infinity);
  });
});

describe('weigh', () => {
  const weightOf = (x: number, sharpness = 1): number => {
    const weights = new Float64Array(1);
    weigh(Float32Array.of(x), 0, sharpness, weights);
    return weights[0]!;
  };

  it('is exp to eight digits, down to exp(-80)', () => {
    const inside = fc.float({ min: -80, max: 0, noNaN: true });
    fc.assert(
      fc.property(inside, (x) => {
        expect(Math.abs(weightOf(x) / Math.exp(x) - 1)).toBeLessThan(1e-8);
      }),
      { numRuns: 20_000 },
    );
    expect([weightOf(0), weightOf(-80.1), weightOf(-Infinity), weightOf(NaN)]).toEqual([1, 0, 0, NaN]);
  });

  it('weighs every logit by how far it is below the highest, and sums up', () => {
    fc.assert(
      fc.property(logits, fc.double({ min: 0.05, max: 20, noNaN: true }), (row, sharpness) => {
        const weights = new Float64Array(row.length);
        const highest = Math.max(...row);
        const sum = weigh(row, highest, sharpness, weights);
        const exact = Array.from(row, (logit) => Math.exp((logit - highest) * sharpness));
        exact.forEach((weight, i) => {
          expect(Math.abs(weights[i]! - weight)).toBeLessThanOrEqual(1e-8 * weight + 2e-35);
        });
        expect(sum).toBe(weights.reduce((total, weight) => total + weight, 0));
      }),
    );
  });
});
