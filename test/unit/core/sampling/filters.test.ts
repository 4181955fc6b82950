import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createShortlist, filtersAnything } from '../../../../core/sampling/filters.ts';

const whole = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 });
const total = (weights: Float64Array): number => weights.reduce((sum, weight) => sum + weight, 0);

/** The codes that a shortlist of whole weights keeps, ascending; whole, so that no rounding decides. */
function kept(filters: Parameters<typeof createShortlist>[0], weights: readonly number[]): number[] {
  const model = Float64Array.from(weights);
  const { order, keep } = createShortlist(filters, model, model);
  const count = keep(total(model), total(model));
  expect([...order].sort((a, b) => a - b)).toEqual([...weights.keys()]);
  return [...order.subarray(0, count)].sort((a, b) => a - b);
}

const ranked = (weights: readonly number[]): number[] =>
  [...weights.keys()].sort((a, b) => weights[b]! - weights[a]! || a - b);

const ascending = (codes: number[]): number[] => codes.sort((a, b) => a - b);

describe('createShortlist', () => {
  it('keeps the k likeliest codes, of equal ones those of lower id', () => {
    fc.assert(
      fc.property(whole, fc.integer({ min: 1, max: 70 }), (weights, topK) => {
        expect(kept({ topK }, weights)).toEqual(ascending(ranked(weights).slice(0, topK)));
      }),
    );
  });

  it('keeps the fewest codes that reach a share of the mass, and at least one', () => {
    fc.assert(
      fc.property(whole, fc.integer({ min: 1, max: 15 }), fc.boolean(), (weights, sixteenths, truncated) => {
        const share = sixteenths / 16;
        const mass = share * weights.reduce((sum, weight) => sum + weight, 0);
        let before = 0;
        const expected = ranked(weights).filter((code, i) => {
          const wanted = i === 0 || before < mass;
          before += weights[code]!;
          return wanted;
        });
        expect(kept(truncated ? { truncation: share } : { topP: share }, weights)).toEqual(
          ascending(expected),
        );
      }),
    );
  });

  it('keeps the shortest list of several filters', () => {
    expect(kept({ topK: 3, truncation: 0.5 }, [1, 4, 2, 1])).toEqual([1]);
    expect(kept({ topK: 1, topP: 0.9 }, [1, 4, 2, 1])).toEqual([1]);
    expect(kept({ topK: 3, topP: 6 / 7 }, [1, 4, 2, 1])).toEqual([1, 2]); // of the 7 that top-k leaves
  });

  it('puts codes that the model excludes last', () => {
    expect(kept({ topK: 2 }, [0, 3, 1])).toEqual([1, 2]);
  });
});

describe('filtersAnything', () => {
  it.each([
    [{}, false],
    [{ topP: 1, truncation: 1 }, false],
    [{ topK: 1 }, true],
    [{ topP: 0.9 }, true],
    [{ truncation: 0.9 }, true],
  ])('says for %j: %j', (filters, expected) => {
    expect(filtersAnything(filters)).toBe(expected);
  });
});
