import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distanceInside } from '../../../../../core/pixels/masks/distance.ts';
import { featherInward } from '../../../../../core/pixels/masks/feather.ts';
import type { Mask } from '../../../../../core/pixels/masks/mask.ts';
import { grow, shrink } from '../../../../../core/pixels/masks/morphology.ts';
import { maskOf, noiseMask, seed, stream } from '../random.ts';

const side = fc.integer({ min: 1, max: 24 });
const radius = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 9, noNaN: true }));

/** Distance to the nearest pixel that `counts`, by looking at all of them. */
function nearest(mask: Mask, at: number, counts: (value: number) => boolean): number {
  let least = Infinity;
  mask.data.forEach((value, i) => {
    if (!counts(value)) return;
    const dx = (i % mask.width) - (at % mask.width);
    const dy = Math.floor(i / mask.width) - Math.floor(at / mask.width);
    least = Math.min(least, dx * dx + dy * dy);
  });
  return Math.sqrt(least);
}

describe('distanceInside', () => {
  test('is the exact Euclidean distance to the nearest unselected pixel', () => {
    fc.assert(
      fc.property(side, side, seed, (width, height, random) => {
        const next = stream(random);
        const mask = maskOf(width, height, () => next() < 0.9);
        const distances = distanceInside(mask, { x: 0, y: 0, width, height });
        distances.forEach((distance, i) => {
          const expected = nearest(mask, i, (value) => value === 0);
          if (expected === Infinity) expect(distance).toBeGreaterThan(1e6);
          else expect(distance).toBeCloseTo(expected, 9);
        });
      }),
    );
  });

  test('may be larger than it is above a limit, and only there', () => {
    fc.assert(
      fc.property(side, side, seed, fc.integer({ min: 0, max: 12 }), (width, height, random, limit) => {
        const mask = noiseMask(width, height, random);
        const rect = { x: 0, y: 0, width, height };
        const exact = distanceInside(mask, rect);
        distanceInside(mask, rect, limit).forEach((distance, i) => {
          if (exact[i]! <= limit) expect(distance).toBe(exact[i]);
          else expect(distance).toBeGreaterThanOrEqual(exact[i]!);
        });
      }),
    );
  });

  test('counts only pixels of the rectangle', () => {
    const mask = maskOf(9, 1, (x) => x > 0 && x < 8);
    expect([...distanceInside(mask, { x: 4, y: 0, width: 5, height: 1 })]).toEqual([4, 3, 2, 1, 0]);
  });
});

describe('grow and shrink', () => {
  test('grow selects exactly what is within the radius', () => {
    fc.assert(
      fc.property(side, side, seed, radius, (width, height, random, reach) => {
        const mask = noiseMask(width, height, random);
        const grown = grow(mask, reach);
        const shrunk = shrink(mask, reach);
        mask.data.forEach((value, i) => {
          const out = nearest(mask, i, (other) => other >= 128);
          const rest = nearest(mask, i, (other) => other < 128);
          expect(grown.data[i]).toBe(out > 0 && Math.round(out ** 2) <= reach * reach ? 255 : value);
          expect(shrunk.data[i]).toBe(rest > 0 && Math.round(rest ** 2) <= reach * reach ? 0 : value);
        });
      }),
    );
  });
});

describe('featherInward', () => {
  test('never selects more, and nothing changes at radius 0', () => {
    fc.assert(
      fc.property(side, side, seed, radius, (width, height, random, reach) => {
        const mask = noiseMask(width, height, random);
        const soft = featherInward(mask, reach);
        soft.data.forEach((value, i) => {
          expect(value).toBeLessThanOrEqual(mask.data[i]!);
        });
        expect(featherInward(mask, 0)).toEqual(mask);
      }),
    );
  });

  test('rises from the border to full at the radius', () => {
    const mask = maskOf(60, 60, (x, y) => x >= 10 && x < 50 && y >= 10 && y < 50);
    const { data } = featherInward(mask, 8);
    const row = [...data.subarray(30 * 60 + 9, 30 * 60 + 20)];
    expect(row[0]).toBe(0);
    expect(row[1]).toBe(Math.round(255 * 0.0625 ** 2 * (3 - 0.125)));
    expect(row[8]).toBeLessThan(255);
    expect(row[9]).toBe(255);
    for (let i = 1; i < row.length; i++) expect(row[i]).toBeGreaterThanOrEqual(row[i - 1]!);
  });

  test('leaves the core of a thin stroke whole, beside a large blob', () => {
    const mask = maskOf(80, 60, (x, y) => (y >= 5 && y < 8) || (y > 20 && x > 10 && x < 70));
    const { data } = featherInward(mask, 12);
    expect(data[6 * 80 + 40]).toBe(255);
    expect(data[21 * 80 + 40]).toBeLessThan(10);
  });

  test('knows no border at the edge of the picture', () => {
    const mask = maskOf(40, 10, (x) => x < 20);
    const { data } = featherInward(mask, 5);
    expect(data[0]).toBe(255);
    expect(data[19]).toBeLessThan(30);
  });
});
