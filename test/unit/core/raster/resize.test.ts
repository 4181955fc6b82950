import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRect } from '../../../../core/raster/flat.ts';
import { applyPatch, invertPatch } from '../../../../core/raster/patch.ts';
import type { Channels } from '../../../../core/raster/raster.ts';
import { withRect } from '../../../../core/raster/resize.ts';
import { uniteRects } from '../../../../core/base/geometry.ts';
import { seed } from '../pixels/random.ts';
import { forEachPixel, isInside, noiseRaster, rects } from './support.ts';

const channels = fc.constantFrom<Channels>(1, 4);

describe('withRect', () => {
  test('keeps what lies in both rectangles where it is, and nothing else', () => {
    fc.assert(
      fc.property(rects(), rects(), channels, seed, (from, to, count, random) => {
        const raster = noiseRaster(from, count, random);
        const resized = withRect(raster, to).raster;
        expect(resized.rect).toEqual(to);
        const all = uniteRects(from, to);
        const before = readRect(raster, all);
        const after = readRect(resized, all);
        let wrong = 0;
        let i = 0;
        forEachPixel(all, (x, y) => {
          const kept = isInside(to, x, y);
          for (let c = 0; c < count; c++, i++) if (after[i] !== (kept ? before[i] : 0)) wrong++;
        });
        expect(wrong).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  test('gives the patch that clears, and its inverse brings the very tiles back', () => {
    fc.assert(
      fc.property(rects(), rects(), seed, (from, to, random) => {
        const raster = noiseRaster(from, 4, random);
        const { raster: resized, patch } = withRect(raster, to);
        const back = patch ? applyPatch({ ...resized, rect: from }, invertPatch(patch)) : resized;
        expect(back.tiles.size).toBe(raster.tiles.size);
        for (const [key, tile] of raster.tiles) expect(back.tiles.get(key) === tile).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('copies nothing where a raster grows', () => {
    const raster = noiseRaster({ x: 0, y: 0, width: 50, height: 50 }, 4, 1);
    const grown = withRect(raster, { x: -600, y: -5, width: 900, height: 90 });
    expect(grown.patch).toBeNull();
    expect(grown.raster.tiles).toBe(raster.tiles);
  });
});
