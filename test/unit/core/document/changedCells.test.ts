import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChange } from '../../../../core/document/applyChange.ts';
import { cropCanvas, extendCanvas } from '../../../../core/document/canvas.ts';
import type { Change } from '../../../../core/document/change.ts';
import { changedCells } from '../../../../core/document/changedCells.ts';
import type { Document } from '../../../../core/document/document.ts';
import type { Frame } from '../../../../core/frames/frame.ts';
import { crop } from '../../../../core/pixels/crop.ts';
import { containsRect } from '../../../../core/base/geometry.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { cellRect } from '../../../../core/frames/cellRects.ts';
import { seed } from '../pixels/random.ts';
import { rects } from '../raster/support.ts';
import { noiseDocument, paint } from './support.ts';
import { framesAround } from './tokens.ts';

const canvas = { x: -50, y: -20, width: 320, height: 120 };
const start = noiseDocument(canvas);
const runs = { numRuns: 25 };

function marksOf(frame: Frame, before: Document, change: Change): number[] {
  const after = applyChange(before, change);
  const marks = changedCells(frame, {
    patch: change.picture ?? { changes: [] },
    before: before.canvas,
    after: after.canvas,
  });
  return [...(marks ?? new Uint8Array(frame.columns * frame.rows))];
}

/** The pixels that a model sees in each cell. */
function shown({ canvas, picture }: Document, frame: Frame): string[] {
  const flat = { width: canvas.width, height: canvas.height, data: readRect(picture, canvas) };
  return Array.from({ length: frame.columns * frame.rows }, (_, cell) => {
    const rect = cellRect(frame, cell);
    return crop(flat, { ...rect, x: rect.x - canvas.x, y: rect.y - canvas.y }).data.join();
  });
}

function differences(frame: Frame, before: Document, change: Change): number[] {
  const then = shown(applyChange(before, change), frame);
  return shown(before, frame).map((pixels, cell) => (pixels === then[cell] ? 0 : 1));
}

describe('the cells that a change of pixels changes', () => {
  test('are exactly those that show other pixels, mirrored ones included', () => {
    fc.assert(
      fc.property(framesAround, rects(60), seed, (frame, rect, random) => {
        const change = paint(start, rect, random);
        expect(marksOf(frame, start, change)).toEqual(differences(frame, start, change));
      }),
      runs,
    );
  });

  test('are none where tiles were replaced by equal ones', () => {
    const picture = {
      changes: [...start.picture.tiles].map(([key, tile]) => ({ key, before: tile, after: tile.slice() })),
    };
    const frame = { rect: canvas, scale: 1, columns: 4, rows: 3 };
    expect(changedCells(frame, { patch: picture, before: canvas, after: canvas })).toBeNull();
  });
});

describe('the cells that another canvas changes', () => {
  test('are all that show other pixels', () => {
    const canvases: fc.Arbitrary<Change> = fc.oneof(
      rects(300)
        .filter((rect) => containsRect(canvas, rect))
        .map((rect) => cropCanvas(start, rect)),
      fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40), fc.nat(40)).map(([left, top, right, bottom]) =>
        extendCanvas(start, {
          x: canvas.x - left,
          y: canvas.y - top,
          width: canvas.width + left + right,
          height: canvas.height + top + bottom,
        }),
      ),
    );
    fc.assert(
      fc.property(framesAround, canvases, (frame, change) => {
        const marks = marksOf(frame, start, change);
        const after = change.canvas?.after ?? canvas;
        differences(frame, start, change).forEach((different, cell) => {
          if (different) expect(marks[cell]).toBe(1);
          const rect = cellRect(frame, cell);
          if (containsRect(after, rect) && containsRect(canvas, rect)) expect(marks[cell]).toBe(0);
        });
      }),
      runs,
    );
  });

  test('are those that reached outside it, not those within', () => {
    const frame = { rect: { x: 238, y: -20, width: 64, height: 32 }, scale: 1, columns: 4, rows: 2 };
    const right = extendCanvas(start, { ...canvas, width: 500 });
    expect(marksOf(frame, start, right)).toEqual([0, 0, 1, 1, 0, 0, 1, 1]);
    const below = extendCanvas(start, { ...canvas, height: 500 });
    expect(marksOf(frame, start, below)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });
});
