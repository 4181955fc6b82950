import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFills } from '../../../../core/fill/planFills.ts';
import { partsByFlood } from '../pixels/masks/flood.ts';
import { planFrames } from '../../../../core/frames/planFrames.ts';
import type { FrameOptions } from '../../../../core/frames/rules.ts';
import type { Rect } from '../../../../core/base/geometry.ts';
import { intersectRects, moveRect } from '../../../../core/base/geometry.ts';
import { empty } from '../../../../core/raster/make.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { applyPatch } from '../../../../core/raster/patch.ts';
import { fillRect } from '../../../../core/raster/write.ts';

const OPTIONS: FrameOptions = { downsample: 8, window: { min: 16, max: 32 }, minSize: 64 };

function selected(canvas: Rect, rects: readonly Rect[]) {
  let selection = empty(canvas, 1);
  for (const rect of rects) selection = applyPatch(selection, fillRect(selection, rect, 200));
  return selection;
}

const canvases = fc.record({
  x: fc.integer({ min: -700, max: 700 }),
  y: fc.integer({ min: -700, max: 700 }),
  width: fc.integer({ min: 16, max: 1400 }),
  height: fc.integer({ min: 16, max: 1400 }),
});

/** Rectangles that may reach out of the canvas, as strokes do. */
function rectsOn(canvas: Rect) {
  const rect = fc.record({
    x: fc.integer({ min: canvas.x - 40, max: canvas.x + canvas.width }),
    y: fc.integer({ min: canvas.y - 40, max: canvas.y + canvas.height }),
    width: fc.integer({ min: 1, max: 300 }),
    height: fc.integer({ min: 1, max: 300 }),
  });
  return fc.array(rect, { maxLength: 5 });
}

const cases = canvases.chain((canvas) => rectsOn(canvas).map((rects) => ({ canvas, rects })));

describe('planFills', () => {
  it('gives what planning on the whole flat mask gives', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(undefined, 1, 1.5, 2), ({ canvas, rects }, scale) => {
        const selection = selected(canvas, rects);
        const options = scale === undefined ? OPTIONS : { ...OPTIONS, scale };
        const parts = partsByFlood({ ...canvas, data: readRect(selection, canvas) });
        const expected = planFrames(canvas, parts, options);
        expect(planFills({ canvas, selection, frame: null }, options)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same plans wherever the canvas lies', () => {
    const places = fc.record({
      x: fc.integer({ min: -900, max: 900 }),
      y: fc.integer({ min: -900, max: 900 }),
    });
    fc.assert(
      fc.property(cases, places, ({ canvas, rects }, { x, y }) => {
        const here = planFills({ canvas, selection: selected(canvas, rects), frame: null }, OPTIONS);
        const moved = rects.map((rect) => moveRect(rect, x, y));
        const away = moveRect(canvas, x, y);
        const there = planFills({ canvas: away, selection: selected(away, moved), frame: null }, OPTIONS);
        expect(there.map(({ bounds, frame }) => [bounds, frame.rect])).toEqual(
          here.map(({ bounds, frame }) => [moveRect(bounds, x, y), moveRect(frame.rect, x, y)]),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('gives the chosen frame alone, with the bounds of what is selected in it', () => {
    const canvas = { x: -100, y: 50, width: 900, height: 700 };
    const frame = { rect: { x: 0, y: 100, width: 256, height: 256 }, scale: 1, columns: 32, rows: 32 };
    const rects = [
      { x: -50, y: 150, width: 60, height: 20 }, // half in
      { x: 100, y: 200, width: 30, height: 30 },
      { x: 600, y: 600, width: 50, height: 50 }, // out
    ];
    const plans = planFills({ canvas, selection: selected(canvas, rects), frame }, OPTIONS);
    expect(plans).toEqual([{ frame, bounds: { x: 0, y: 150, width: 130, height: 80 } }]);
  });

  it('keeps to the chosen frame whatever is selected', () => {
    const frame = { rect: { x: 40, y: 60, width: 256, height: 128 }, scale: 1, columns: 32, rows: 16 };
    fc.assert(
      fc.property(cases, ({ canvas, rects }) => {
        const selection = selected(canvas, rects);
        for (const { bounds } of planFills({ canvas, selection, frame }, OPTIONS)) {
          expect(intersectRects(bounds, frame.rect)).toEqual(bounds);
          expect(readRect(selection, bounds).some((value) => value > 0)).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('gives nothing where nothing is selected, or nothing in the chosen frame', () => {
    const canvas = { x: 0, y: 0, width: 400, height: 300 };
    const frame = { rect: { x: 0, y: 0, width: 128, height: 128 }, scale: 1, columns: 16, rows: 16 };
    expect(planFills({ canvas, selection: empty(canvas, 1), frame: null }, OPTIONS)).toEqual([]);
    const away = selected(canvas, [{ x: 200, y: 200, width: 10, height: 10 }]);
    expect(planFills({ canvas, selection: away, frame }, OPTIONS)).toEqual([]);
  });

  it('refuses a canvas that is too small', () => {
    const canvas = { x: 0, y: 0, width: 9, height: 300 };
    const selection = selected(canvas, [canvas]);
    expect(() => planFills({ canvas, selection, frame: null }, OPTIONS)).toThrow(/too small/);
  });
});
