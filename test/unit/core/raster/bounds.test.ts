import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bounds } from '../../../../core/pixels/masks/mask.ts';
import { boundsOf, isEmpty } from '../../../../core/raster/bounds.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { empty } from '../../../../core/raster/make.ts';
import { applyPatch } from '../../../../core/raster/patch.ts';
import { TILE } from '../../../../core/raster/raster.ts';
import { tileKey } from '../../../../core/raster/tileKey.ts';
import { fillRect } from '../../../../core/raster/write.ts';
import { seed } from '../pixels/random.ts';
import { noiseSelection, rects } from './support.ts';

describe('boundsOf', () => {
  test('is the smallest rectangle around what is selected', () => {
    fc.assert(
      fc.property(rects(600), rects(600), seed, (canvas, filled, random) => {
        const noise = noiseSelection(canvas, random);
        const selection = random % 2 ? applyPatch(noise, fillRect(noise, filled, 255)) : noise;
        const { width, height, x, y } = canvas;
        const expected = bounds({ width, height, data: readRect(selection, canvas) });
        expect(boundsOf(selection)).toEqual(
          expected && { ...expected, x: expected.x + x, y: expected.y + y },
        );
        expect(isEmpty(selection)).toBe(expected === null);
      }),
      { numRuns: 40 },
    );
  });

  test('of all at 100 MP', () => {
    const canvas = { x: -77, y: 5, width: 10_000, height: 10_000 };
    const none = empty(canvas, 1);
    expect(boundsOf(none)).toBeNull();
    expect(boundsOf(applyPatch(none, fillRect(none, canvas, 255)))).toEqual(canvas);
  });

  test('looks into tiles that are kept although they are zero', () => {
    const canvas = { x: 0, y: 0, width: TILE, height: TILE };
    const zero = { ...empty(canvas, 1), tiles: new Map([[tileKey(0, 0), new Uint8Array(TILE * TILE)]]) };
    expect(isEmpty(zero)).toBe(true);
    expect(boundsOf(zero)).toBeNull();
  });
});
