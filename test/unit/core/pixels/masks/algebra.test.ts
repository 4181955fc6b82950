import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, intersect, invert, subtract } from '../../../../../core/pixels/masks/mask.ts';
import { noiseMask, seed, side } from '../random.ts';

const pairs = fc.tuple(side, side, seed).map(([width, height, random]) => {
  return [noiseMask(width, height, random), noiseMask(width, height, random + 1)] as const;
});

describe('selection algebra', () => {
  test('add, subtract, intersect and invert agree with each other', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        expect(invert(invert(a))).toEqual(a);
        expect(add(a, b)).toEqual(add(b, a));
        expect(intersect(a, b)).toEqual(invert(add(invert(a), invert(b))));
        expect(subtract(a, b)).toEqual(intersect(a, invert(b)));
      }),
    );
  });

  test('on single pixels', () => {
    const a = { width: 4, height: 1, data: Uint8Array.of(0, 255, 255, 100) };
    const b = { width: 4, height: 1, data: Uint8Array.of(0, 0, 255, 200) };
    expect([...add(a, b).data]).toEqual([0, 255, 255, 200]);
    expect([...subtract(a, b).data]).toEqual([0, 255, 0, 55]);
    expect([...intersect(a, b).data]).toEqual([0, 0, 255, 100]);
    expect([...invert(a).data]).toEqual([255, 0, 0, 155]);
  });

  test('refuses selections of different sizes', () => {
    const a = noiseMask(4, 4, 1);
    expect(() => add(a, noiseMask(4, 5, 1))).toThrow('A selection of 4 x 5 px does not fit one of 4 x 4 px.');
  });
});
