import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, bounds, intersect, invert, isEmpty, subtract } from '../../../../../core/pixels/masks/mask.ts';
import { maskOf, noiseMask, seed, side } from '../random.ts';

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

describe('bounds', () => {
  test('are the smallest rectangle around what is selected', () => {
    fc.assert(
      fc.property(side, side, seed, (width, height, random) => {
        const mask = noiseMask(width, height, random);
        const xs: number[] = [];
        const ys: number[] = [];
        mask.data.forEach((value, i) => {
          if (value === 0) return;
          xs.push(i % width);
          ys.push(Math.floor(i / width));
        });
        const rect = bounds(mask);
        expect(isEmpty(mask)).toBe(rect === null);
        if (xs.length === 0) return;
        const x = Math.min(...xs);
        const y = Math.min(...ys);
        expect(rect).toEqual({ x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 });
      }),
    );
  });

  test('can be asked of a part', () => {
    const mask = maskOf(10, 10, () => true);
    expect(bounds(mask, { x: 7, y: -4, width: 9, height: 6 })).toEqual({ x: 7, y: 0, width: 3, height: 2 });
    expect(bounds(mask, { x: 12, y: 0, width: 9, height: 6 })).toBeNull();
  });

  test('are those of the whole where a part says where it lies', () => {
    const mask = maskOf(10, 10, (x, y) => x === 4 && y === 3);
    expect(bounds({ ...mask, x: 100, y: -7 })).toEqual({ x: 104, y: -4, width: 1, height: 1 });
  });
});
