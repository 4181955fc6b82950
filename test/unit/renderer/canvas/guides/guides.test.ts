import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../../../core/frames/frame.ts';
import { selectionToHole } from '../../../../../core/masks/selectionToHole.ts';
import { readRect } from '../../../../../core/raster/flat.ts';
import { empty } from '../../../../../core/raster/make.ts';
import { applyPatch } from '../../../../../core/raster/patch.ts';
import { fillRect } from '../../../../../core/raster/write.ts';
import { holeCells, runsOf } from '../../../../../renderer/canvas/guides/holeCells.ts';
import { ticks, tickStep } from '../../../../../renderer/canvas/guides/ticks.ts';

const CANVAS = { x: -200, y: -100, width: 900, height: 800 };
const FRAME: Frame = { rect: { x: -24, y: 40, width: 384, height: 480 }, scale: 1.5, columns: 32, rows: 40 };

describe('the cells of the hole', () => {
  it('are those that core says', () => {
    const rect = fc.record({
      x: fc.integer({ min: -100, max: 400 }),
      y: fc.integer({ min: -50, max: 500 }),
      width: fc.integer({ min: 1, max: 120 }),
      height: fc.integer({ min: 1, max: 300 }),
    });
    fc.assert(
      fc.property(fc.array(rect, { minLength: 1, maxLength: 4 }), (rects) => {
        let selection = empty(CANVAS, 1);
        for (const one of rects) selection = applyPatch(selection, fillRect(selection, one, 200));
        const data = readRect(selection, CANVAS);
        const moved = { ...FRAME.rect, x: FRAME.rect.x - CANVAS.x, y: FRAME.rect.y - CANVAS.y };
        const wanted = selectionToHole({ width: 900, height: 800, data }, { ...FRAME, rect: moved });
        const cells = holeCells(selection, { frame: FRAME, bounds: CANVAS });
        const found = [...cells.keys()].filter((cell) => cells[cell] === 1);
        expect(found).toEqual([...wanted]);
      }),
      { numRuns: 30 },
    );
  });

  it('reach no further than what the frame is for', () => {
    const selection = applyPatch(empty(CANVAS, 1), fillRect(empty(CANVAS, 1), CANVAS, 255));
    const cells = holeCells(selection, { frame: FRAME, bounds: { x: 0, y: 40, width: 12, height: 12 } });
    expect([...cells.keys()].filter((cell) => cells[cell] === 1)).toEqual([2]);
  });

  it('lie side by side in runs', () => {
    const cells = Uint8Array.from([0, 1, 1, 0, 1, 1, 1, 1]);
    expect([...runsOf(cells, 4)]).toEqual([
      { row: 0, from: 1, to: 3 },
      { row: 1, from: 0, to: 4 },
    ]);
  });
});

describe('the ticks of a ruler', () => {
  it('are round numbers with room between them at every zoom', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 64, noNaN: true }), (zoom) => {
        const step = tickStep(zoom);
        expect(step * zoom).toBeGreaterThanOrEqual(56);
        expect([1, 2, 5]).toContain(Math.round(step / 10 ** Math.floor(Math.log10(step) + 1e-9)));
      }),
    );
  });

  it('cover what is seen', () => {
    expect(ticks(-130, 220, 100)).toEqual([-200, -100, 0, 100, 200, 300]);
  });
});
