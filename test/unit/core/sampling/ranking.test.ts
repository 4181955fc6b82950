import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRanking } from '../../../../core/sampling/ranking.ts';

describe('createRanking', () => {
  it('takes what sorting would, by count or by mass', () => {
    const logit = fc.oneof(fc.integer({ min: -3, max: 0 }), fc.float({ min: -60, max: 5, noNaN: true }));
    const rows = fc.array(logit, { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(
        rows,
        fc.integer({ min: 1, max: 90 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (row, most, p) => {
          const logits = Float32Array.from([99, ...row]).subarray(1);
          const highest = Math.max(...logits);
          const keys = Float64Array.from(logits, (value) => value - highest);
          const masses = new Float64Array(keys.length).fill(1); // whole numbers, so that no rounding decides
          const sorted = [...keys.keys()].sort((a, b) => keys[b]! - keys[a]! || a - b);

          const ranking = createRanking(keys.length);
          ranking.arrange(logits, logits.length, highest);
          const count = ranking.take(keys.length, keys, most, masses, p * keys.length);
          const fewest = Math.min(most, Math.ceil(p * keys.length), keys.length);
          expect([...ranking.order.subarray(0, count)].sort((a, b) => a - b)).toEqual(
            sorted.slice(0, fewest).sort((a, b) => a - b),
          );

          // Taking from what was taken gives the first of them.
          const fewer = ranking.take(count, keys, Math.ceil(count / 2), masses, Infinity);
          expect([...ranking.order.subarray(0, fewer)].sort((a, b) => a - b)).toEqual(
            sorted.slice(0, Math.ceil(count / 2)).sort((a, b) => a - b),
          );
        },
      ),
    );
  });

  it('ranks codes that the model excludes last', () => {
    const ranking = createRanking(3);
    ranking.arrange(Float32Array.of(-Infinity, 0, -1), 3, 0);
    expect([...ranking.order]).toEqual([1, 2, 0]);
  });

  it('ranks fewer values than it could', () => {
    const ranking = createRanking(5);
    ranking.arrange(Float32Array.of(0, 3, 1, 9, 9), 3, 3);
    expect([...ranking.order.subarray(0, 3)]).toEqual([1, 2, 0]);
  });
});
