import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blobs } from '../../../../../core/pixels/masks/blobs.ts';
import { bounds, isEmpty } from '../../../../../core/pixels/masks/bounds.ts';
import type { Mask } from '../../../../../core/pixels/masks/mask.ts';
import { maskOf, noiseMask, seed, side, stream } from '../random.ts';

/** Connected parts by flood fill, as lists of pixels. */
function flood({ width, height, data }: Mask): number[][] {
  const seen = new Set<number>();
  const parts: number[][] = [];
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0 || seen.has(start)) continue;
    const part = [start];
    seen.add(start);
    for (const i of part) {
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const x = (i % width) + dx;
          const y = Math.floor(i / width) + dy;
          const j = y * width + x;
          if (x < 0 || y < 0 || x >= width || y >= height || data[j] === 0 || seen.has(j)) continue;
          seen.add(j);
          part.push(j);
        }
      }
    }
    parts.push(part);
  }
  return parts;
}

describe('blobs', () => {
  test('are what a flood fill finds, with their bounds, areas and pixels', () => {
    fc.assert(
      fc.property(
        side,
        side,
        seed,
        fc.double({ min: 0, max: 0.7, noNaN: true }),
        (width, height, random, density) => {
          const next = stream(random);
          const mask = maskOf(width, height, () => (next() < density ? 1 + Math.floor(next() * 255) : 0));
          const expected = flood(mask);
          const { list, maskOf: cut } = blobs(mask);
          expect(list).toHaveLength(expected.length);
          expected.forEach((part, k) => {
            const only = { width, height, data: mask.data.map((value, i) => (part.includes(i) ? value : 0)) };
            expect(cut(k)).toEqual(only);
            expect(list[k]).toEqual({ bounds: bounds(only), area: part.length });
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  test('reads masks that lie anywhere in a buffer', () => {
    const buffer = new Uint8Array(203).fill(0);
    buffer[3 + 57] = 9;
    const mask = { width: 20, height: 10, data: buffer.subarray(3) };
    expect(blobs(mask).list).toEqual([{ bounds: { x: 17, y: 2, width: 1, height: 1 }, area: 1 }]);
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
});
