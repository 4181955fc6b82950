import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FramePlan } from '../../../../core/frames/planFrames.ts';
import { regionFor } from '../../../../core/frames/regionFor.ts';
import { mirroredIndices } from '../../../../core/pixels/crop.ts';
import type { Rect } from '../../../../core/base/geometry.ts';
import { containsRect, intersectRects } from '../../../../core/base/geometry.ts';

const rectOf = (from: number, to: number, side: number) =>
  fc
    .tuple(
      fc.integer({ min: from, max: to }),
      fc.integer({ min: from, max: to }),
      fc.integer({ min: 1, max: side }),
      fc.integer({ min: 1, max: side }),
    )
    .map(([x, y, width, height]): Rect => ({ x, y, width, height }));

const planOf = (rect: Rect, bounds: Rect): FramePlan => ({
  frame: { rect, scale: 1, columns: 1, rows: 1 },
  bounds,
});

describe('regionFor', () => {
  test('mirrors into a frame what the canvas would', () => {
    fc.assert(
      fc.property(rectOf(-40, 40, 60), rectOf(-150, 100, 130), (canvas, rect) => {
        const region = regionFor(planOf(rect, { x: 0, y: 0, width: 0, height: 0 }), canvas, 0);
        expect(containsRect(canvas, region)).toBe(true);
        const own = mirroredIndices(rect.x - region.x, rect.width, region.width);
        const whole = mirroredIndices(rect.x - canvas.x, rect.width, canvas.width);
        expect(Array.from(own, (x) => x + region.x)).toEqual(Array.from(whole, (x) => x + canvas.x));
        const down = mirroredIndices(rect.y - region.y, rect.height, region.height);
        const wholeDown = mirroredIndices(rect.y - canvas.y, rect.height, canvas.height);
        expect(Array.from(down, (y) => y + region.y)).toEqual(Array.from(wholeDown, (y) => y + canvas.y));
      }),
    );
  });

  test('holds what feathering measures around the selection', () => {
    fc.assert(
      fc.property(rectOf(0, 80, 40), rectOf(0, 80, 40), fc.nat(12), (rect, bounds, feather) => {
        const canvas = { x: 0, y: 0, width: 120, height: 110 };
        const filled = intersectRects(intersectRects(rect, bounds), canvas);
        fc.pre(filled.width > 0 && filled.height > 0);
        const { x, y, width, height } = filled;
        const grown = {
          x: x - feather - 1,
          y: y - feather - 1,
          width: width + 2 * feather + 2,
          height: height + 2 * feather + 2,
        };
        const region = regionFor(planOf(rect, bounds), canvas, feather);
        expect(containsRect(region, intersectRects(grown, canvas))).toBe(true);
      }),
    );
  });

  test('is the frame where that lies inside the canvas', () => {
    const rect = { x: 100, y: 200, width: 256, height: 256 };
    const plan = planOf(rect, { x: 150, y: 250, width: 20, height: 20 });
    expect(regionFor(plan, { x: 0, y: 0, width: 6000, height: 4000 }, 8)).toEqual(rect);
  });

  test('holds the frames of coarse passes too', () => {
    const bounds = { x: 150, y: 250, width: 20, height: 20 };
    const coarse = planOf({ x: 50, y: 120, width: 512, height: 512 }, bounds);
    const plan = { ...planOf({ x: 100, y: 200, width: 256, height: 256 }, bounds), coarse };
    expect(regionFor(plan, { x: 0, y: 0, width: 6000, height: 4000 }, 8)).toEqual(coarse.frame.rect);
  });
});
