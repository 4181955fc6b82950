import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editTiles } from '../../../../core/raster/edit.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { empty } from '../../../../core/raster/make.ts';
import { applyPatch } from '../../../../core/raster/patch.ts';
import { TILE, type Channels } from '../../../../core/raster/raster.ts';
import { FULL_TILE } from '../../../../core/raster/tile.ts';
import { tileKey } from '../../../../core/raster/tileKey.ts';
import { fillRect, writeRect } from '../../../../core/raster/write.ts';
import { seed } from '../pixels/random.ts';
import { forEachPixel, isInside, noiseBytes, noiseRaster, rects } from './support.ts';

const channels = fc.constantFrom<Channels>(1, 4);

describe('writeRect', () => {
  test('changes the pixels of the rectangle in the raster, and nothing else', () => {
    fc.assert(
      fc.property(rects(), rects(), channels, seed, (canvas, rect, count, random) => {
        const raster = noiseRaster(canvas, count, random);
        const data = noiseBytes(rect, count, random + 1);
        const before = readRect(raster, canvas);
        const after = readRect(applyPatch(raster, writeRect(raster, rect, data)), canvas);
        let wrong = 0;
        let i = 0;
        forEachPixel(canvas, (x, y) => {
          const j = ((y - rect.y) * rect.width + x - rect.x) * count;
          const written = isInside(rect, x, y);
          for (let c = 0; c < count; c++, i++) if (after[i] !== (written ? data[j + c] : before[i])) wrong++;
        });
        expect(wrong).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  test('leaves nothing outside the raster', () => {
    const raster = empty({ x: 10, y: 10, width: 5, height: 5 }, 1);
    const rect = { x: 0, y: 0, width: 40, height: 40 };
    const written = applyPatch(raster, writeRect(raster, rect, new Uint8Array(1600).fill(9)));
    expect(readRect(written, rect).reduce((sum, value) => sum + value)).toBe(25 * 9);
  });

  test('of what is there already is no change', () => {
    fc.assert(
      fc.property(rects(), channels, seed, (canvas, count, random) => {
        const raster = noiseRaster(canvas, count, random);
        expect(writeRect(raster, canvas, readRect(raster, canvas)).changes).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  test('of zeros lets tiles go', () => {
    const rect = { x: -5, y: -5, width: 10, height: 10 };
    const raster = noiseRaster(rect, 4, 3);
    const patch = writeRect(raster, rect, new Uint8Array(400));
    expect(patch.changes.map(({ after }) => after)).toEqual([null, null, null, null]);
    expect(applyPatch(raster, patch).tiles.size).toBe(0);
  });
});

describe('fillRect', () => {
  const canvas = { x: 0, y: 0, width: 3 * TILE, height: 2 * TILE + 10 };

  test('gives every pixel of the rectangle the value', () => {
    fc.assert(
      fc.property(
        rects(600),
        rects(600),
        fc.integer({ min: 0, max: 255 }),
        seed,
        (canvas, rect, value, random) => {
          const raster = noiseRaster(canvas, 1, random);
          const before = readRect(raster, canvas);
          const after = readRect(applyPatch(raster, fillRect(raster, rect, value)), canvas);
          let wrong = 0;
          let i = 0;
          forEachPixel(canvas, (x, y) => {
            if (after[i] !== (isInside(rect, x, y) ? value : before[i])) wrong++;
            i++;
          });
          expect(wrong).toBe(0);
        },
      ),
      { numRuns: 20 },
    );
  });

  test('shares the full tile, and only where the raster covers it', () => {
    const raster = empty(canvas, 1);
    const { tiles } = applyPatch(raster, fillRect(raster, canvas, 255));
    expect(tiles.size).toBe(9);
    for (const column of [0, 1, 2]) {
      expect(tiles.get(tileKey(column, 1))).toBe(FULL_TILE);
      expect(tiles.get(tileKey(column, 2))!.reduce((sum, value) => sum + value)).toBe(255 * TILE * 10);
    }
  });

  test('a second time is no change', () => {
    const raster = empty(canvas, 1);
    const filled = applyPatch(raster, fillRect(raster, canvas, 255));
    expect(fillRect(filled, canvas, 255).changes).toEqual([]);
    expect(fillRect(raster, canvas, 0).changes).toEqual([]);
  });

  test('is for selections', () => {
    expect(() => fillRect(empty(canvas, 4), canvas, 255)).toThrow(
      'Only selections are filled with one value.',
    );
  });
});

describe('editTiles', () => {
  test('hands out copies, and keeps what was changed', () => {
    const canvas = { x: -10, y: 0, width: 20, height: 20 };
    const raster = noiseRaster(canvas, 1, 5);
    const before = readRect(raster, canvas);
    const seen: unknown[] = [];
    const patch = editTiles(raster, { x: -4, y: 2, width: 100, height: 3 }, (tile, own, inside) => {
      seen.push(inside);
      tile[(inside.y - own.y) * TILE + inside.x - own.x]! ^= 1;
      return own.x === 0;
    });
    expect(seen).toEqual([
      { x: -4, y: 2, width: 4, height: 3 },
      { x: 0, y: 2, width: 10, height: 3 },
    ]);
    expect(readRect(raster, canvas)).toEqual(before);
    expect(patch.changes.map(({ key }) => key)).toEqual([tileKey(0, 0)]);
    before[2 * 20 + 10]! ^= 1;
    expect(readRect(applyPatch(raster, patch), canvas)).toEqual(before);
  });
});
