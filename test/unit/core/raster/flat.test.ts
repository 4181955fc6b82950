import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growRect } from '../../../../core/base/geometry.ts';
import { fromFlat, readRect, sampleAt } from '../../../../core/raster/flat.ts';
import { empty, fromTiles } from '../../../../core/raster/make.ts';
import { TILE, type Channels } from '../../../../core/raster/raster.ts';
import { FULL_TILE } from '../../../../core/raster/tile.ts';
import { tileKey, tileRect, tilesTouching } from '../../../../core/raster/tileKey.ts';
import { seed } from '../pixels/random.ts';
import { noiseBytes, noiseRaster, rects } from './support.ts';

const channels = fc.constantFrom<Channels>(1, 4);

describe('tile keys', () => {
  test('name each tile of the lattice, also left of and above 0', () => {
    const place = fc.integer({ min: -32768, max: 32767 });
    fc.assert(
      fc.property(place, place, (column, row) => {
        const rect = { x: column * TILE, y: row * TILE, width: TILE, height: TILE };
        expect(tileRect(tileKey(column, row))).toEqual(rect);
        expect([...tilesTouching(rect)]).toEqual([tileKey(column, row)]);
      }),
    );
  });

  test('of what a rectangle touches go row by row', () => {
    const keys = [...tilesTouching({ x: -1, y: 255, width: 2, height: 2 })];
    expect(keys).toEqual([tileKey(-1, 0), tileKey(0, 0), tileKey(-1, 1), tileKey(0, 1)]);
    expect([...tilesTouching({ x: 5, y: 5, width: 0, height: 9 })]).toEqual([]);
  });
});

describe('flat pixels', () => {
  test('come back from tiles as they were, with zeros around them', () => {
    fc.assert(
      fc.property(rects(), channels, seed, (rect, count, random) => {
        const data = noiseBytes(rect, count, random);
        const raster = fromFlat(rect, count, data);
        expect(Buffer.compare(readRect(raster, rect), data)).toBe(0);

        const wide = growRect(rect, 3, 2);
        const around = readRect(raster, wide);
        const back = readRect(fromFlat(wide, count, around), rect);
        expect(Buffer.compare(back, data)).toBe(0);
        expect(sum(around)).toBe(sum(data));
      }),
      { numRuns: 40 },
    );
  });

  test('of another size than the rectangle are a defect', () => {
    expect(() => fromFlat({ x: 0, y: 0, width: 2, height: 2 }, 4, new Uint8Array(15))).toThrow(
      '15 bytes are no 2 x 2 px of 4 channels.',
    );
  });

  test('are sampled pixel by pixel', () => {
    fc.assert(
      fc.property(rects(60), channels, seed, (rect, count, random) => {
        const raster = noiseRaster(rect, count, random);
        const x = rect.x + rect.width - 1;
        const y = rect.y + rect.height - 1;
        const pixel = readRect(raster, { x, y, width: 1, height: 1 });
        expect(sampleAt(raster, x + 0.7, y + 0.2)).toEqual(pixel);
        expect(sampleAt(raster, x + 1, y)).toEqual(new Uint8Array(count));
      }),
      { numRuns: 40 },
    );
  });
});

describe('rasters of tiles', () => {
  const rect = { x: 0, y: 0, width: 3 * TILE, height: TILE };

  test('keep the tiles that they are given, without the empty ones', () => {
    const tile = new Uint8Array(TILE * TILE).fill(7, 9, 10);
    const full = new Uint8Array(TILE * TILE).fill(255);
    const tiles = [tile, new Uint8Array(TILE * TILE), full].map((tile, i) => ({ key: tileKey(i, 0), tile }));
    const raster = fromTiles(rect, 1, tiles);
    expect([...raster.tiles.keys()]).toEqual([tileKey(0, 0), tileKey(2, 0)]);
    expect(raster.tiles.get(tileKey(0, 0))).toBe(tile);
    expect(raster.tiles.get(tileKey(2, 0))).toBe(FULL_TILE);
    expect(empty(rect, 4).tiles.size).toBe(0);
  });

  test('take white pixels of a picture for no selection', () => {
    const white = new Uint8Array(TILE * TILE * 4).fill(255);
    const key = tileKey(0, 0);
    expect(fromTiles(rect, 4, [{ key, tile: white }]).tiles.get(key)).toBe(white);
  });

  test('refuse tiles of another size', () => {
    const tile = new Uint8Array(TILE * TILE);
    expect(() => fromTiles(rect, 4, [{ key: 0, tile }])).toThrow(
      'A tile of 4 channels cannot have 65536 bytes.',
    );
  });
});

function sum(data: Uint8Array): number {
  return data.reduce((total, value) => total + value, 0);
}
