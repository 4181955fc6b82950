import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCHEDULES } from '../../../../core/sampling/request.ts';
import { maskedCounts, maskedShare } from '../../../../core/sampling/schedules.ts';

const schedule = fc.constantFrom(...SCHEDULES);

describe('maskedShare', () => {
  it.each([
    ['cosine', Math.SQRT1_2],
    ['linear', 0.5],
    ['arccos', 2 / 3],
    ['square', 0.75],
  ] as const)('%s is %f half way', (name, share) => {
    expect(maskedShare(name, 1, 2)).toBeCloseTo(share, 12);
  });

  it('falls strictly from 1 to 0', () => {
    fc.assert(
      fc.property(schedule, fc.integer({ min: 1, max: 300 }), (name, steps) => {
        const shares = Array.from({ length: steps + 1 }, (_, k) => maskedShare(name, k, steps));
        expect([shares[0], shares.at(-1)]).toEqual([1, 0]);
        shares.slice(1).forEach((share, k) => {
          expect(share).toBeLessThan(shares[k]!);
        });
      }),
    );
  });
});

describe('the purity schedule', () => {
  it.each([
    [50, [30, 20, 21, 20, 21], 10],
    [25, [60, 41, 41, 41, 41], 21],
    [10, [139, 102, 102, 102, 102], 69],
  ])('reveals the published counts in %i steps of 1024 tokens', (steps, first, last) => {
    const masked = maskedCounts('purity', 1024, steps);
    const revealed = Array.from({ length: steps }, (_, k) => masked[k]! - masked[k + 1]!);
    expect(revealed.slice(0, 5)).toEqual(first);
    expect(revealed.at(-1)).toBe(last);
  });

  it('in 100 steps too, but for one token that is left to the last', () => {
    const masked = maskedCounts('purity', 1024, 100);
    const revealed = Array.from({ length: 100 }, (_, k) => masked[k]! - masked[k + 1]!);
    expect(revealed.slice(0, 8)).toEqual([11, 11, 10, 10, 11, 10, 10, 11]);
    expect(revealed.slice(-3)).toEqual([11, 9, 1]);
  });
});

describe('maskedCounts', () => {
  it('falls from all to none, by at least one in each step, in as many steps as asked where tokens suffice', () => {
    fc.assert(
      fc.property(
        schedule,
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 1, max: 600 }),
        (name, count, steps) => {
          const masked = maskedCounts(name, count, steps);
          expect(masked).toHaveLength(Math.min(steps, count) + 1);
          expect([masked[0], masked.at(-1)]).toEqual([count, 0]);
          for (let k = 1; k < masked.length; k++) expect(masked[k]!).toBeLessThan(masked[k - 1]!);
        },
      ),
    );
  });

  it('is floor(N cos(pi rho / 2)) where that leaves something for every step (MaskGIT)', () => {
    const masked = maskedCounts('cosine', 256, 8);
    expect([...masked]).toEqual([256, 251, 236, 212, 181, 142, 97, 49, 0]);
  });

  it('is evenly spaced when linear, whole numbers not lost to rounding', () => {
    expect([...maskedCounts('linear', 10, 10)]).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect([...maskedCounts('linear', 60, 6)]).toEqual([60, 50, 40, 30, 20, 10, 0]);
  });
});
