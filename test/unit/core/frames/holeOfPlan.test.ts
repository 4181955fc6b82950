import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectionToHole } from '../../../../core/frames/selectionToHole.ts';
import type { Rect } from '../../../../core/base/geometry.ts';
import { intersectRects, isEmptyRect } from '../../../../core/base/geometry.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { empty } from '../../../../core/raster/make.ts';
import { applyPatch } from '../../../../core/raster/patch.ts';
import { fillRect } from '../../../../core/raster/write.ts';
import { holeOfPlan } from '../../../../core/frames/holeOfPlan.ts';
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
            const cells = holeOfPlan(whole, { frame, bounds });
            const found = [...cells.keys()].filter((cell) => cells[cell] === 1);
            expect(found).toEqual(flatHole(intersectRects(bounds, CANVAS)));
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
    const cells = holeOfPlan(selection, { frame, bounds: { x: 0, y: 40, width: 12, height: 12 } });
    expect([...cells.keys()].filter((cell) => cells[cell] === 1)).toEqual([2]);
  });
});
