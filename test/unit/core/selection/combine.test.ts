import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grow, shrink } from '../../../../core/pixels/masks/morphology.ts';
import type { Rect } from '../../../../core/base/geometry.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { empty } from '../../../../core/raster/make.ts';
import { applyPatch, patchBytes } from '../../../../core/raster/patch.ts';
import { TILE, type Raster, type RasterPatch } from '../../../../core/raster/raster.ts';
import { FULL_TILE } from '../../../../core/raster/tile.ts';
import { tileKey } from '../../../../core/raster/tileKey.ts';
import { fillRect } from '../../../../core/raster/write.ts';
import {
  blur,
  featherSelection,
  growSelection,
  shrinkSelection,
} from '../../../../core/selection/reshape.ts';
import {
  combine,
  type CombineMode,
  invertSelection,
  selectAll,
  selectNone,
} from '../../../../core/selection/combine.ts';
import { maskOf, noiseMask, seed } from '../pixels/random.ts';
import { forEachPixel, isInside, noiseSelection, rects } from '../raster/support.ts';

const NAIVE: Record<CombineMode, (selected: number, covered: number) => number> = {
  replace: (_, covered) => covered,
  add: Math.max,
  subtract: (selected, covered) => Math.min(selected, 255 - covered),
  intersect: Math.min,
};
const modes = fc.constantFrom(...(Object.keys(NAIVE) as CombineMode[]));

const huge: Rect = { x: -100, y: 7, width: 10_000, height: 10_000 };

function flat(selection: Raster): Uint8Array {
  return readRect(selection, selection.rect);
}

function apply(selection: Raster, change: (selection: Raster) => RasterPatch): Raster {
  return applyPatch(selection, change(selection));
}

describe('combine', () => {
  test('does to each pixel what the mode says', () => {
    fc.assert(
      fc.property(rects(), rects(500), rects(), modes, seed, (canvas, filled, rect, mode, random) => {
        const noise = noiseSelection(canvas, random);
        const selection = random % 3 === 0 ? applyPatch(noise, fillRect(noise, filled, 255)) : noise;
        const data = noiseMask(rect.width, rect.height, random + 1).data;
        const after = applyPatch(selection, combine(selection, { rect, data }, mode));
        const [was, is] = [flat(selection), flat(after)];
        let wrong = 0;
        let i = 0;
        forEachPixel(canvas, (x, y) => {
          const covered = isInside(rect, x, y) ? data[(y - rect.y) * rect.width + x - rect.x]! : 0;
          if (is[i] !== NAIVE[mode](was[i]!, covered)) wrong++;
          i++;
        });
        expect(wrong).toBe(0);
        for (const [key, tile] of selection.tiles) {
          const same = Buffer.compare(tile, after.tiles.get(key) ?? new Uint8Array()) === 0;
          if (same) expect(after.tiles.get(key)).toBe(tile);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('shares the full tile, and lets go what becomes empty', () => {
    const canvas = { x: 0, y: 0, width: 3 * TILE, height: TILE };
    const all = { rect: canvas, data: new Uint8Array(3 * TILE * TILE).fill(255) };
    const none = empty(canvas, 1);
    const full = applyPatch(none, combine(none, all, 'add'));
    expect([...full.tiles.values()].every((tile) => tile === FULL_TILE)).toBe(true);
    expect(combine(full, all, 'replace').changes).toEqual([]);
    const part = { rect: { x: 0, y: 0, width: TILE, height: TILE }, data: all.data.subarray(0, TILE * TILE) };
    expect([...apply(full, (it) => combine(it, part, 'intersect')).tiles.keys()]).toEqual([tileKey(0, 0)]);
    expect(apply(full, (it) => combine(it, all, 'subtract')).tiles.size).toBe(0);
    const nothing = { rect: { x: 0, y: 0, width: 0, height: 0 }, data: new Uint8Array() };
    expect(apply(full, (it) => combine(it, nothing, 'replace')).tiles.size).toBe(0);
    expect(combine(full, nothing, 'subtract').changes).toEqual([]);
    const beside = { rect: { x: 4 * TILE, y: 9, width: 1, height: 300 }, data: new Uint8Array(300).fill(9) };
    expect(combine(full, beside, 'add').changes).toEqual([]);
    expect(apply(full, (it) => combine(it, beside, 'replace')).tiles.size).toBe(0);
  });
});

describe('all, none and the inverse', () => {
  test('are what they say', () => {
    fc.assert(
      fc.property(rects(600), seed, (canvas, random) => {
        const selection = noiseSelection(canvas, random);
        expect(flat(apply(selection, selectAll)).every((value) => value === 255)).toBe(true);
        expect(apply(selection, selectNone).tiles.size).toBe(0);
        const [was, is] = [flat(selection), flat(apply(selection, invertSelection))];
        expect(is.every((value, i) => value === 255 - was[i]!)).toBe(true);
        const twice = apply(apply(selection, invertSelection), invertSelection);
        expect(Buffer.compare(flat(twice), was)).toBe(0);
        expect(twice.tiles.size).toBe(selection.tiles.size);
      }),
      { numRuns: 30 },
    );
  });

  test('cost the tiles at the edges of 100 MP', () => {
    const none = empty(huge, 1);
    const edges = 2 * (40 + 40) * TILE * TILE;
    for (const change of [selectAll, invertSelection]) {
      expect(patchBytes(change(none))).toBeLessThanOrEqual(edges);
      expect(patchBytes(invertSelection(apply(none, change)))).toBeLessThanOrEqual(edges);
      expect(apply(apply(none, change), invertSelection).tiles.size).toBe(0);
    }
  });
});

describe('grow and shrink', () => {
  test('do to a large selection what they do to a mask', () => {
    const radius = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 40, noNaN: true }));
    const wide = fc.tuple(rects(300), rects(300)).map(([a, b]) => ({ ...a, width: a.width + 4 * b.width }));
    fc.assert(
      fc.property(wide, radius, seed, (canvas, px, random) => {
        const selection = noiseSelection(canvas, random);
        const mask = { width: canvas.width, height: canvas.height, data: flat(selection) };
        const grown = flat(apply(selection, (it) => growSelection(it, px)));
        const shrunk = flat(apply(selection, (it) => shrinkSelection(it, px)));
        expect(Buffer.compare(grown, grow(mask, px).data)).toBe(0);
        expect(Buffer.compare(shrunk, shrink(mask, px).data)).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  test('touch no tile far from the border', () => {
    const none = empty(huge, 1);
    const selection = applyPatch(none, fillRect(none, { x: 1024, y: 1024, width: 5120, height: 5120 }, 255));
    for (const change of [growSelection, shrinkSelection]) {
      const keys = change(selection, 10).changes.map(({ key }) => key);
      expect(keys).toContain(tileKey(change === growSelection ? 3 : 4, 10));
      expect(keys).toHaveLength(change === growSelection ? 84 : 76);
      expect(keys).not.toContain(tileKey(10, 10));
    }
    expect(growSelection(none, 5).changes).toEqual([]);
    expect(growSelection(apply(none, selectAll), 5).changes).toEqual([]);
  });
});

describe('feather', () => {
  test('does to a large selection what blurring does to a mask', () => {
    fc.assert(
      fc.property(rects(300), rects(300), fc.integer({ min: 0, max: 60 }), seed, (a, b, px, random) => {
        const canvas = { ...a, width: a.width + 4 * b.width };
        const selection = noiseSelection(canvas, random);
        const mask = { width: canvas.width, height: canvas.height, data: flat(selection) };
        const soft = flat(apply(selection, (it) => featherSelection(it, px)));
        expect(Buffer.compare(soft, blur(mask, px).data)).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  test('runs from px outside a border to px inside, half-way on it', () => {
    for (const px of [1, 2, 3, 7, 20]) {
      const { data } = blur(
        maskOf(100, 5, (x) => x >= 50),
        px,
      );
      const row = data.subarray(200, 300);
      expect([row[49 - px], row[50 + px]]).toEqual([0, 255]);
      expect(row[50 - px]).toBeGreaterThanOrEqual(px > 3 ? 0 : 1);
      expect(row[49]! + row[50]!).toBe(255);
      for (let x = 1; x < 100; x++) expect(row[x]).toBeGreaterThanOrEqual(row[x - 1]!);
    }
  });

  test('comes close to a Gaussian', () => {
    const { data } = blur(
      maskOf(200, 1, (x) => x >= 100),
      30,
    );
    for (let x = 60; x < 140; x++) {
      expect(Math.abs(data[x]! - 255 * normalIntegral((x + 0.5 - 100) / 10.4))).toBeLessThan(4);
    }
  });

  test('knows no border at the edge of the canvas', () => {
    const canvas = { x: 3, y: 3, width: 400, height: 40 };
    const none = empty(canvas, 1);
    expect(featherSelection(apply(none, selectAll), 9).changes).toEqual([]);
  });
});

/** Up to where a normal distribution of deviation 1 lies below x, 0 .. 1. */
function normalIntegral(x: number): number {
  let sum = 0;
  for (let t = -8; t < x; t += 0.001) sum += Math.exp((-t * t) / 2) * 0.001;
  return sum / Math.sqrt(2 * Math.PI);
}
