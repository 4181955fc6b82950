import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { applyPatch } from '../../../../core/raster/patch.ts';
import { fromTiles } from '../../../../core/raster/make.ts';
import { TILE, type Tile, type TileKey } from '../../../../core/raster/raster.ts';
import { tileKey, tilesTouching } from '../../../../core/raster/tileKey.ts';
import { differingTiles, sameTiles, TileMap } from '../../../../core/raster/tileMap.ts';
import { beginStroke, endStroke, strokeTo } from '../../../../core/selection/stroke.ts';

const TILES = Array.from({ length: 4 }, (_, value) => new Uint8Array(4).fill(value));
const places = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }));
const edit = fc.record({ place: places, tile: fc.option(fc.constantFrom(...TILES)) });
const edits = fc.array(edit, { maxLength: 60 });

interface Edit {
  readonly place: readonly [number, number];
  readonly tile: Tile | null;
}

function change(map: Pick<TileMap, 'set' | 'delete'>, edits: readonly Edit[]): void {
  for (const { place, tile } of edits) {
    if (tile) map.set(tileKey(...place), tile);
    else map.delete(tileKey(...place));
  }
}

const sorted = (map: Iterable<readonly [TileKey, Tile]>) => [...map].sort(([a], [b]) => a - b);

afterEach(() => {
  vi.restoreAllMocks();
});

describe('TileMap', () => {
  test('holds what a map holds, and one that began as another leaves that alone', () => {
    fc.assert(
      fc.property(edits, edits, edits, (first, second, third) => {
        const plain = new Map<TileKey, Tile>();
        const map = new TileMap();
        change(map, first);
        change(plain, first);
        const later = new TileMap(map);
        const laterPlain = new Map(plain);
        change(later, second);
        change(laterPlain, second);
        change(map, third); // its maker may go on
        change(plain, third);
        for (const [got, expected] of [
          [map, plain],
          [later, laterPlain],
        ] as const) {
          expect(sorted(got)).toEqual(sorted(expected));
          expect(got.size).toBe(expected.size);
          expect([...got.keys()]).toEqual([...got].map(([key]) => key));
          expect([...got.values()]).toEqual([...got].map(([, tile]) => tile));
          for (const [key, tile] of expected) expect(got.get(key)).toBe(tile);
          expect(got.has(tileKey(99, 99))).toBe(false);
        }
      }),
    );
  });

  test('tells where two differ, whether or not they share anything', () => {
    fc.assert(
      fc.property(edits, edits, fc.boolean(), (first, second, share) => {
        const a = new TileMap();
        change(a, first);
        const b = new TileMap(share ? a : [...a].reduce((map, [key, tile]) => map.set(key, tile), new Map()));
        change(b, second);
        const keys = new Set([...a.keys(), ...b.keys()]);
        const expected = [...keys].filter((key) => a.get(key) !== b.get(key)).sort((x, y) => x - y);
        expect([...differingTiles(a, b)].sort((x, y) => x - y)).toEqual(expected);
        expect([...differingTiles(new Map(a), b)].sort((x, y) => x - y)).toEqual(expected);
        expect(sameTiles(a, b)).toBe(expected.length === 0);
      }),
    );
  });

  test('takes everything to be one with itself', () => {
    const plain = new Map([[tileKey(1, 2), TILES[1]!]]);
    expect(sameTiles(plain, plain)).toBe(true);
  });
});

describe('an edit', () => {
  /** A selection of `side` x `side` tiles, each its own. */
  function raster(side: number) {
    const rect = { x: 0, y: 0, width: side * TILE, height: side * TILE };
    const tiles = [...tilesTouching(rect)].map((key) => ({ key, tile: new Uint8Array(TILE * TILE).fill(9) }));
    return fromTiles(rect, 1, tiles);
  }

  /** How many entries of maps are written while `work` goes on; copying a map writes each of its entries. */
  function written(work: () => void): number {
    const set = vi.spyOn(Map.prototype, 'set');
    work();
    const { length } = set.mock.calls;
    set.mockRestore();
    return length;
  }

  test('copies no more of a large raster than of a small one', () => {
    const counts = [raster(8), raster(48)].map((base) =>
      written(() => {
        const stroke = beginStroke(base, { size: 9, hardness: 1, opacity: 1, mode: 'add' });
        strokeTo(stroke, { x: 100, y: 100, pressure: 1 });
        applyPatch(base, endStroke(stroke));
      }),
    );
    const blocks = 36; // of 8 x 8 tiles each: only their list is copied, at the beginning of the stroke and at its end
    expect(counts[1]).toBeLessThanOrEqual(counts[0]! + 2 * (blocks - 1));
    expect(counts[0]).toBeLessThan(2 * 64 + 16);
  });
});
