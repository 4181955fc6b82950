import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeLargest } from '../../../../core/sampling/select.ts';

/** The indices from the largest key down, ties by index: what takeLargest takes a first part of. */
const ranked = (keys: Float64Array): number[] =>
  [...keys.keys()].sort((a, b) => keys[b]! - keys[a]! || a - b);

const keysOf = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.double({ min: 0, max: 1, noNaN: true })), {
    maxLength: 80,
  })
  .map((keys) => Float64Array.from(keys));

function take(keys: Float64Array, most: number, mass?: number): number[] {
  const order = Int32Array.from(keys.keys()).reverse();
  const count = takeLargest(order, 0, keys.length, keys, most, keys, mass);
  expect([...order].sort((a, b) => a - b)).toEqual([...keys.keys()]);
  return [...order.subarray(0, count)].sort((a, b) => a - b);
}

describe('takeLargest', () => {
  it('takes the largest keys, ties by index', () => {
    fc.assert(
      fc.property(keysOf, fc.integer({ min: 0, max: 90 }), (keys, most) => {
        const expected = ranked(keys).slice(0, most);
        expect(take(keys, most)).toEqual(expected.sort((a, b) => a - b));
      }),
    );
  });

  it('takes the fewest whose mass reaches a share', () => {
    const whole = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(whole, fc.integer({ min: 0, max: 300 }), (list, mass) => {
        const keys = Float64Array.from(list);
        let before = 0;
        const expected = ranked(keys).filter((index) => {
          const wanted = before < mass;
          before += keys[index]!;
          return wanted;
        });
        expect(take(keys, Infinity, mass)).toEqual(expected.sort((a, b) => a - b));
      }),
    );
  });

  it('copes with scores of minus infinity, which a probability of 0 gives', () => {
    expect(take(Float64Array.of(-Infinity, -1, -Infinity, -2), 3)).toEqual([0, 1, 3]);
  });
});
