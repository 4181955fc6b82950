import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChange } from '../../../../core/document/applyChange.ts';
import { invertChange } from '../../../../core/document/change.ts';
import { openDocument } from '../../../../core/document/document.ts';
import { pieceRect, placePiece, takePiece } from '../../../../core/document/piece.ts';
import { uniteRects } from '../../../../core/base/geometry.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { empty } from '../../../../core/raster/make.ts';
import { applyPatch } from '../../../../core/raster/patch.ts';
import type { Raster } from '../../../../core/raster/raster.ts';
import { selectEmpty } from '../../../../core/selection/empty.ts';
import { seed } from '../pixels/random.ts';
import { forEachPixel, isInside, noiseRaster, noiseSelection, rects } from '../raster/support.ts';
import { expectSame, noiseDocument } from './support.ts';

function pixel(raster: Raster, x: number, y: number): number[] {
  return [...readRect(raster, { x, y, width: 1, height: 1 })];
}

/** One pixel over another, as Porter and Duff have it. */
function over(above: readonly number[], below: readonly number[]): number[] {
  if (above[3] === 0) return [...below];
  const rest = (below[3]! * (255 - above[3]!)) / 255;
  const alpha = above[3]! + rest;
  const mixed = [0, 1, 2].map((c) => Math.round((above[c]! * above[3]! + below[c]! * rest) / alpha));
  return [...mixed, Math.round(alpha)];
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, i) => value === b[i]);
}

describe('a piece', () => {
  test('is laid over the picture and under the original, and changes no other pixel', () => {
    fc.assert(
      fc.property(rects(24), rects(24), seed, fc.boolean(), (canvas, at, random, grow) => {
        const opened = noiseDocument(canvas, random);
        const document = { ...opened, original: noiseRaster(canvas, 4, random + 1) };
        const raster = noiseRaster({ ...at, x: 7, y: -300 }, 4, random + 2);
        const piece = { raster, x: at.x, y: at.y };
        const larger = grow ? uniteRects(canvas, pieceRect(piece)) : canvas;
        const change = placePiece(document, piece, larger);
        const after = applyChange(document, change);
        expect(after.canvas).toEqual(larger);
        let wrong = 0;
        forEachPixel(larger, (x, y) => {
          const inside = isInside(pieceRect(piece), x, y);
          const own = inside ? pixel(raster, x - at.x + 7, y - at.y - 300) : [0, 0, 0, 0];
          const [picture, original] = [pixel(document.picture, x, y), pixel(document.original, x, y)];
          const back = own[3] === 0 ? original : over(original, own);
          if (!same(pixel(after.picture, x, y), over(own, picture))) wrong++;
          if (!same(pixel(after.original, x, y), back)) wrong++;
        });
        expect(wrong).toBe(0);
        expectSame(applyChange(after, invertChange(change)), document);
      }),
      { numRuns: 10 },
    );
  });

  test('on an empty canvas is kept once, for the picture and the original', () => {
    const canvas = { x: 0, y: 0, width: 600, height: 300 };
    const document = openDocument(canvas, empty(canvas, 4));
    const piece = { raster: noiseRaster({ x: 0, y: 0, width: 300, height: 200 }, 4, 3), x: 20, y: 30 };
    const { picture, original } = applyChange(document, placePiece(document, piece, canvas));
    for (const [key, tile] of picture.tiles) expect(original.tiles.get(key)).toBe(tile);
  });

  test('is what is selected, as much as it is; or all of a picture, which is not copied', () => {
    const canvas = { x: -20, y: -10, width: 60, height: 50 };
    const document = noiseDocument(canvas, 5);
    expect(takePiece(document)).toBe(document.picture);
    const selection = noiseSelection(canvas, 8);
    const taken = takePiece({ ...document, selection });
    forEachPixel(taken.rect, (x, y) => {
      const amount = pixel(selection, x, y)[0]!;
      const own = pixel(document.picture, x, y);
      const wanted = amount === 0 ? [0, 0, 0, 0] : [...own.slice(0, 3), Math.round((own[3]! * amount) / 255)];
      expect(pixel(taken, x, y)).toEqual(wanted);
    });
  });
});

describe('selecting what is empty', () => {
  test('selects each pixel through which one can see, and no other', () => {
    fc.assert(
      fc.property(rects(290), rects(90), seed, (canvas, drawn, random) => {
        const blank = openDocument(canvas, empty(canvas, 4));
        const piece = { raster: noiseRaster({ ...drawn, x: 0, y: 0 }, 4, random), x: drawn.x, y: drawn.y };
        const { picture } = applyChange(blank, placePiece(blank, piece, canvas));
        const before = noiseSelection(canvas, random);
        const selection = applyPatch(before, selectEmpty(before, picture));
        const alphas = readRect(picture, canvas).filter((_, i) => i % 4 === 3);
        const selected = readRect(selection, canvas);
        expect(alphas.findIndex((alpha, i) => selected[i] !== (alpha < 255 ? 255 : 0))).toBe(-1);
      }),
      { numRuns: 8 },
    );
  });
});
