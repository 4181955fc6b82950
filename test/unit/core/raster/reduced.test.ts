import { expect, test } from 'vitest';
import { readRect } from '../../../../core/raster/flat.ts';
import { reduced } from '../../../../core/raster/reduced.ts';
import { noiseRaster } from './support.ts';

const PART = { x: -30, y: 200, width: 301, height: 517 };

test('a reduced picture has every so many-th pixel, at its place', () => {
  const raster = noiseRaster(PART, 4, 3);
  const { width, height, data } = reduced(raster, PART, 3);
  expect([width, height]).toEqual([101, 173]);
  for (const [x, y] of [
    [0, 0],
    [50, 86],
    [100, 170],
  ] as const) {
    // prettier-ignore
    const from = { x: Math.min(270, PART.x + 3 * x + 1), y: PART.y + 3 * y + 1, width: 1, height: 1 };
    expect([...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)]).toEqual([
      ...readRect(raster, from),
    ]);
  }
  expect(Buffer.compare(reduced(raster, PART, 1).data, readRect(raster, PART))).toBe(0);
});
