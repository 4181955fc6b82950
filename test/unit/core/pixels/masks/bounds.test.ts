import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bounds, isEmpty } from '../../../../../core/pixels/masks/mask.ts';
import { maskOf, noiseMask, seed, side } from '../random.ts';

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
