import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChange } from '../../../../core/document/applyChange.ts';
import { cropCanvas, extendCanvas } from '../../../../core/document/canvas.ts';
import { intersectRects, isEmptyRect, uniteRects } from '../../../../core/base/geometry.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { applyPatch } from '../../../../core/raster/patch.ts';
import { forEachPixel, isInside, noiseSelection, rects } from '../raster/support.ts';
import { seed } from '../pixels/random.ts';
import { expectSame, noiseDocument, paint, select } from './support.ts';

const document = fc.tuple(rects(), rects(60), seed).map(([canvas, spot, random]) => {
  const opened = { ...noiseDocument(canvas, random), selection: noiseSelection(canvas, random) };
  return applyChange(opened, paint(opened, spot, random));
});

describe('extendCanvas', () => {
  test('adds what is transparent and selected, and moves nothing', () => {
    fc.assert(
      fc.property(document, rects(), (before, rect) => {
        const canvas = uniteRects(before.canvas, rect);
        const after = applyChange(before, extendCanvas(before, canvas));
        expect(after.canvas).toEqual(canvas);
        expect(after.picture.tiles).toBe(before.picture.tiles);
        expect(after.original.tiles).toBe(before.original.tiles);
        for (const { rect } of [after.picture, after.original, after.selection]) expect(rect).toEqual(canvas);

        const selected = readRect(after.selection, canvas);
        const was = readRect(before.selection, canvas);
        let wrong = 0;
        let i = 0;
        forEachPixel(canvas, (x, y) => {
          if (selected[i] !== (isInside(before.canvas, x, y) ? was[i] : 255)) wrong++;
          i++;
        });
        expect(wrong).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  test('keeps the frame, and cuts nothing off', () => {
    const before = noiseDocument({ x: 0, y: 0, width: 20, height: 20 });
    expect(extendCanvas(before, before.canvas)).toEqual({});
    expect(Object.keys(extendCanvas(before, { x: -1, y: 0, width: 21, height: 20 }))).toEqual([
      'canvas',
      'selection',
    ]);
    expect(() => extendCanvas(before, { x: 1, y: 0, width: 90, height: 90 })).toThrow(
      'holds all of what it was',
    );
  });

  test('costs next to nothing for 100 MP', () => {
    const before = noiseDocument({ x: 0, y: 0, width: 20, height: 20 });
    const { selection } = extendCanvas(before, { x: 0, y: 0, width: 10_240, height: 10_240 });
    const own = new Set(selection!.changes.map(({ after }) => after));
    expect(selection!.changes).toHaveLength(1600);
    expect(own.size).toBe(2);
    expect(applyPatch(before.selection, selection!).tiles.size).toBe(1600);
  });
});

describe('cropCanvas', () => {
  test('keeps what lies in the rectangle, clears the rest, and is taken back', () => {
    fc.assert(
      fc.property(document, rects(), (before, rect) => {
        const kept = intersectRects(before.canvas, rect);
        fc.pre(!isEmptyRect(kept));
        const after = applyChange(before, cropCanvas(before, rect));
        for (const name of ['picture', 'original', 'selection'] as const) {
          expect(after[name].rect).toEqual(kept);
          expect(Buffer.compare(readRect(after[name], kept), readRect(before[name], kept))).toBe(0);
          const rest = readRect(after[name], before.canvas).reduce((sum, value) => sum + value, 0);
          expect(rest).toBe(readRect(before[name], kept).reduce((sum, value) => sum + value, 0));
        }
      }),
      { numRuns: 20 },
    );
  });

  test('gives up a frame that lies outside, and no other', () => {
    const opened = noiseDocument({ x: 0, y: 0, width: 200, height: 20 });
    const frame = { rect: { x: 0, y: 0, width: 50, height: 20 }, scale: 1, columns: 5, rows: 2 };
    const before = { ...opened, frame };
    expect(applyChange(before, cropCanvas(before, { x: 40, y: 0, width: 9, height: 9 })).frame).toBe(frame);
    expect(applyChange(before, cropCanvas(before, { x: 50, y: 0, width: 9, height: 9 })).frame).toBeNull();
  });

  test('to all of it is no change, to nothing is refused', () => {
    const before = noiseDocument({ x: 0, y: 0, width: 20, height: 20 });
    expectSame(applyChange(before, cropCanvas(before, { x: -9, y: -9, width: 90, height: 90 })), before);
    expect(() => cropCanvas(before, { x: 20, y: 0, width: 9, height: 9 })).toThrow(
      'Nothing of the picture lies there.',
    );
    const selected = applyChange(before, select(before, { x: 0, y: 0, width: 5, height: 5 }, 1));
    expect(Object.keys(cropCanvas(selected, { x: 9, y: 9, width: 5, height: 5 })).sort()).toEqual([
      'canvas',
      'original',
      'picture',
      'selection',
    ]);
  });
});
