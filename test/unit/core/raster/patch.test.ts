import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { empty } from '../../../../core/raster/make.ts';
import {
  applyPatch,
  composePatches,
  invertPatch,
  patchBytes,
  patchRect,
} from '../../../../core/raster/patch.ts';
import { TILE, type Channels, type Raster, type RasterPatch } from '../../../../core/raster/raster.ts';
import { fillRect, writeRect } from '../../../../core/raster/write.ts';
import { seed } from '../pixels/random.ts';
import { noiseBytes, noiseRaster, rects } from './support.ts';

const channels = fc.constantFrom<Channels>(1, 4);

const edits = fc
  .tuple(rects(), rects(100), rects(100), channels, seed)
  .map(([canvas, a, b, count, random]) => {
    const start = noiseRaster(canvas, count, random);
    const first = writeRect(start, a, noiseBytes(a, count, random + 1));
    const middle = applyPatch(start, first);
    const second = writeRect(middle, b, noiseBytes(b, count, random + 2));
    return { start, first, middle, second, end: applyPatch(middle, second) };
  });

/** The same tiles, not only tiles of the same bytes. */
function expectSame(a: Raster, b: Raster): void {
  expect(a.rect).toEqual(b.rect);
  expect(a.tiles.size).toBe(b.tiles.size);
  for (const [key, tile] of a.tiles) expect(b.tiles.get(key) === tile).toBe(true);
}

describe('patches', () => {
  test('are taken back and done again to the very tiles', () => {
    fc.assert(
      fc.property(edits, ({ start, first, middle }) => {
        expectSame(applyPatch(middle, invertPatch(first)), start);
        expectSame(applyPatch(applyPatch(middle, invertPatch(first)), first), middle);
      }),
      { numRuns: 30 },
    );
  });

  test('compose', () => {
    fc.assert(
      fc.property(edits, ({ start, first, second, end }) => {
        const both = composePatches(first, second);
        expectSame(applyPatch(start, both), end);
        expectSame(applyPatch(end, invertPatch(both)), start);
        expect(composePatches(first, invertPatch(first)).changes).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('refuse a raster that they were not made for', () => {
    const rect = { x: 0, y: 0, width: 9, height: 9 };
    const raster = noiseRaster(rect, 1, 1);
    const patch = writeRect(raster, rect, noiseBytes(rect, 1, 2));
    const message = 'The patch expects another tile at (0, 0).';
    expect(() => applyPatch(empty(rect, 1), patch)).toThrow(message);
    expect(() => applyPatch(applyPatch(raster, patch), patch)).toThrow(message);
    expect(() => composePatches(patch, patch)).toThrow(message);
  });

  test('take tiles of the same bytes for the same', () => {
    const rect = { x: 0, y: 0, width: 9, height: 9 };
    const patch = writeRect(noiseRaster(rect, 1, 1), rect, noiseBytes(rect, 1, 2));
    expect(applyPatch(noiseRaster(rect, 1, 1), patch).tiles.size).toBe(1);
  });

  test('that change nothing leave the raster itself', () => {
    const raster = noiseRaster({ x: 0, y: 0, width: 9, height: 9 }, 1, 1);
    expect(applyPatch(raster, { changes: [] })).toBe(raster);
  });

  test('know where and how much they change', () => {
    const canvas = { x: 0, y: 0, width: 4 * TILE, height: 4 * TILE };
    const raster = empty(canvas, 1);
    const patch = fillRect(raster, { x: 300, y: 10, width: 500, height: 20 }, 255);
    expect(patchRect(patch)).toEqual({ x: TILE, y: 0, width: 3 * TILE, height: TILE });
    expect(patchBytes(patch)).toBe(3 * TILE * TILE);
    expect(patchRect({ changes: [] })).toBeNull();
    expect(patchBytes({ changes: [] })).toBe(0);
  });

  test('count a tile once, and one that all share not at all', () => {
    const canvas = { x: 0, y: 0, width: 4 * TILE, height: 4 * TILE };
    const raster = empty(canvas, 1);
    expect(patchBytes(fillRect(raster, canvas, 255))).toBe(0);
    const grey: RasterPatch = fillRect(raster, canvas, 100);
    expect(grey.changes).toHaveLength(16);
    expect(patchBytes(grey)).toBe(TILE * TILE);
  });
});
