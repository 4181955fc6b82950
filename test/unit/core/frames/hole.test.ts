import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectionToHole } from '../../../../core/frames/selectionToHole.ts';
import { intersectRects, isEmptyRect, type Rect } from '../../../../core/base/geometry.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { empty } from '../../../../core/raster/make.ts';
import { applyPatch } from '../../../../core/raster/patch.ts';
import { fillRect } from '../../../../core/raster/write.ts';
import { holeIn } from '../../../../core/frames/hole.ts';
import { noiseSelection, rects } from '../raster/support.ts';

const CANVAS = { x: -200, y: -100, width: 900, height: 800 };

const frames = fc
  .record({
    x: fc.integer({ min: -300, max: 300 }),
    y: fc.integer({ min: -300, max: 300 }),
    columns: fc.integer({ min: 8, max: 60 }),
    rows: fc.integer({ min: 8, max: 60 }),
    unit: fc.integer({ min: 5, max: 40 }),
  })
  .map(({ x, y, columns, rows, unit }) => ({
    rect: { x, y, width: columns * unit, height: rows * unit },
    scale: unit / 8,
    columns,
    rows,
  }));

describe('the hole of a plan', () => {
  it('is what selectionToHole says of the flat selection inside its bounds, whatever was asked before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), rects(900), frames, frames, (random, all, one, other) => {
        const noise = noiseSelection({ ...CANVAS, width: 300 }, random);
        const selection = { ...noise, rect: CANVAS };
        const whole = applyPatch(selection, fillRect(selection, { ...CANVAS, x: 300, width: 400 }, 200));
        for (const frame of [one, other, one]) {
          for (const bounds of [all, frame.rect]) {
            const { flags, cells } = holeIn(whole, { frame, bounds });
            expect([...cells]).toEqual([...flags.keys()].filter((cell) => flags[cell] === 1));
            expect([...cells]).toEqual(flatHole(intersectRects(bounds, CANVAS)));
          }

          function flatHole(area: Rect): number[] {
            if (isEmptyRect(area)) return [];
            const mask = { width: area.width, height: area.height, data: readRect(whole, area) };
            const rect = { ...frame.rect, x: frame.rect.x - area.x, y: frame.rect.y - area.y };
            return [...selectionToHole(mask, { ...frame, rect })];
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('reaches no further than what the frame is for', () => {
    const frame = { rect: { x: -24, y: 40, width: 384, height: 480 }, scale: 1.5, columns: 32, rows: 40 };
    const selection = applyPatch(empty(CANVAS, 1), fillRect(empty(CANVAS, 1), CANVAS, 255));
    const { cells } = holeIn(selection, { frame, bounds: { x: 0, y: 40, width: 12, height: 12 } });
    expect([...cells]).toEqual([2]);
  });

  it('is the same object for the same question, and another for another', () => {
    const frame = { rect: { x: 0, y: 0, width: 64, height: 64 }, scale: 1, columns: 8, rows: 8 };
    const bounds = frame.rect;
    const nothing = empty(CANVAS, 1);
    expect(holeIn(nothing, { frame, bounds }).cells.size).toBe(0);
    const selection = applyPatch(nothing, fillRect(nothing, { x: 9, y: 1, width: 1, height: 1 }, 255));
    const hole = holeIn(selection, { frame, bounds });
    expect([...hole.cells]).toEqual([1]);
    expect(holeIn(selection, { frame: { ...frame }, bounds: { ...bounds } })).toBe(hole);
    expect(hole.cells).toBe(hole.cells);
    expect(holeIn(selection, { frame, bounds: { ...bounds, width: 8 } }).cells.size).toBe(0);
    expect(holeIn(selection, { frame, bounds })).toBe(hole);
  });
});
