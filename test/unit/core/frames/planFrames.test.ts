import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FramePlan } from '../../../../core/frames/planFrames.ts';
import { planFrames } from '../../../../core/frames/planFrames.ts';
import type { FrameOptions } from '../../../../core/frames/rules.ts';
import type { Rect } from '../../../../core/base/geometry.ts';
import {
  containsRect,
  fullRect,
  growRect,
  intersectRects,
  isEmptyRect,
} from '../../../../core/base/geometry.ts';

const options: FrameOptions = { downsample: 8, window: { min: 16, max: 32 }, minSize: 64 };

const canvases = fc.record({
  width: fc.integer({ min: 16, max: 7000 }),
  height: fc.integer({ min: 16, max: 7000 }),
});

const models = fc
  .record({
    downsample: fc.constantFrom(4, 8, 16),
    min: fc.integer({ min: 4, max: 16 }),
    more: fc.integer({ min: 0, max: 48 }),
    minSize: fc.integer({ min: 16, max: 96 }),
  })
  .map(({ downsample, min, more, minSize }): FrameOptions => {
    return { downsample, window: { min, max: Math.max(16, min + more) }, minSize };
  });

/** A canvas and some rectangles in it. */
const scenes = canvases.chain((canvas) => {
  const part = fc
    .tuple(...Array.from({ length: 4 }, () => fc.double({ min: 0, max: 0.999, noNaN: true })))
    .map(([x, y, w, h]): Rect => {
      const left = Math.floor(x! * canvas.width);
      const top = Math.floor(y! * canvas.height);
      const width = Math.max(1, Math.floor(w! ** 3 * (canvas.width - left)));
      const height = Math.max(1, Math.floor(h! ** 3 * (canvas.height - top)));
      return { x: left, y: top, width, height };
    });
  return fc.record({ canvas: fc.constant(canvas), parts: fc.array(part, { minLength: 1, maxLength: 12 }) });
});

/** How far the frame sees past the bounds on its least generous side that is not the edge of the canvas. */
function context(
  { frame, bounds }: FramePlan,
  canvas: { width: number; height: number },
  axis: 'x' | 'y',
): number {
  const size = axis === 'x' ? 'width' : 'height';
  const before = frame.rect[axis] <= 0 ? Infinity : bounds[axis] - frame.rect[axis];
  const frameEnd = frame.rect[axis] + frame.rect[size];
  const after = frameEnd >= canvas[size] ? Infinity : frameEnd - bounds[axis] - bounds[size];
  return Math.min(before, after);
}

describe('planFrames', () => {
  test('every frame is whole tokens and holds its bounds; every part is served once', () => {
    fc.assert(
      fc.property(scenes, models, ({ canvas, parts }, model) => {
        const plans = planFrames(canvas, parts, model);
        for (const { frame, bounds } of plans) {
          const unit = model.downsample * frame.scale;
          expect(Number.isInteger(unit)).toBe(true);
          expect(frame.rect.width).toBe(frame.columns * unit);
          expect(frame.rect.height).toBe(frame.rows * unit);
          expect(containsRect(frame.rect, bounds)).toBe(true);
          const fewest = Math.max(model.window.min, Math.ceil(model.minSize / model.downsample));
          expect(Math.min(frame.columns, frame.rows)).toBeGreaterThanOrEqual(fewest);
          const cap = Math.max(2, Math.max(canvas.width, canvas.height) / 2048);
          expect(frame.scale).toBeGreaterThanOrEqual(1);
          expect(frame.scale).toBeLessThanOrEqual(cap);
        }
        for (const part of parts) {
          expect(plans.filter(({ bounds }) => containsRect(bounds, part))).toHaveLength(1);
          expect(plans.filter(({ bounds }) => !isEmptyRect(intersectRects(bounds, part)))).toHaveLength(1);
        }
      }),
    );
  });

  test('context is as wide as the hole and never under a quarter of a window or 8 tokens, where one window fits', () => {
    fc.assert(
      fc.property(scenes, models, ({ canvas, parts }, model) => {
        for (const plan of planFrames(canvas, parts, model)) {
          const { frame, bounds } = plan;
          const unit = model.downsample * frame.scale;
          const least = Math.min(8, Math.floor(model.window.max / 4)) * unit;
          const whole = Math.max(frame.columns, frame.rows) <= model.window.max;
          const half = Math.max(least, Math.ceil(model.window.max / 2) * unit);
          const x = Math.max(least, whole ? bounds.width : Math.min(bounds.width, half));
          const y = Math.max(least, whole ? bounds.height : Math.min(bounds.height, half));
          expect(context(plan, canvas, 'x')).toBeGreaterThanOrEqual(x);
          expect(context(plan, canvas, 'y')).toBeGreaterThanOrEqual(y);
        }
      }),
    );
  });

  test('a frame overhangs the canvas only by what it must', () => {
    fc.assert(
      fc.property(scenes, models, ({ canvas, parts }, model) => {
        const fewest = Math.max(model.window.min, Math.ceil(model.minSize / model.downsample));
        for (const { frame } of planFrames(canvas, parts, model)) {
          const unit = model.downsample * frame.scale;
          if (containsRect(fullRect(canvas), frame.rect)) continue;
          if (frame.rect.width > canvas.width) {
            expect(frame.columns).toBe(Math.max(fewest, Math.ceil(canvas.width / unit)));
          }
          if (frame.rect.height > canvas.height) {
            expect(frame.rows).toBe(Math.max(fewest, Math.ceil(canvas.height / unit)));
          }
        }
      }),
    );
  });

  test('a wide hole has coarser plans before its own, each at twice the scale, until it is 8 tokens wide', () => {
    fc.assert(
      fc.property(scenes, models, ({ canvas, parts }, model) => {
        for (const plan of planFrames(canvas, parts, model)) {
          let finer: FramePlan = plan;
          for (; finer.coarse; finer = finer.coarse) {
            expect(finer.coarse.frame.scale).toBe(2 * finer.frame.scale);
            expect(finer.coarse.bounds).toEqual(plan.bounds);
            expect(containsRect(finer.coarse.frame.rect, plan.bounds)).toBe(true);
            expect(Math.min(plan.bounds.width, plan.bounds.height)).toBeGreaterThan(
              8 * model.downsample * finer.frame.scale,
            );
          }
          const unit = model.downsample * finer.frame.scale;
          const isWide = Math.min(plan.bounds.width, plan.bounds.height) > 8 * unit;
          expect(isWide && Math.min(canvas.width, canvas.height) >= 16 * 2 * unit).toBe(false);
        }
      }),
    );
  });

  test('a small hole in a large photograph gets one full window at scale 1', () => {
    const bounds = { x: 3000, y: 2000, width: 80, height: 60 };
    const [plan, ...others] = planFrames({ width: 6000, height: 4000 }, [bounds], options);
    expect(others).toEqual([]);
    expect(plan!.frame).toMatchObject({ scale: 1, columns: 32, rows: 32 });
    expect(containsRect(plan!.frame.rect, growRect(bounds, 80, 60))).toBe(true);
  });

  test('a larger hole is looked at from further away, as little as needed', () => {
    const [plan] = planFrames(
      { width: 2000, height: 2000 },
      [{ x: 900, y: 900, width: 120, height: 120 }],
      options,
    );
    expect(plan!.frame.columns * 8).toBe(256);
    expect(plan!.frame.scale).toBe(12 / 8); // 360 px into 32 tokens: 12 px each
  });

  test('a hole too large for one window at the coarsest scale gets a larger frame', () => {
    const [plan] = planFrames(
      { width: 6000, height: 4000 },
      [{ x: 2000, y: 1000, width: 1500, height: 200 }],
      options,
    );
    expect(plan!.frame.scale).toBe(23 / 8); // 6000 / 2048 = 2.93, in eighths
    expect(plan!.frame.columns).toBe(Math.ceil((1500 + 2 * 16 * 23) / 23));
    expect(plan!.frame.rows).toBe(32);
  });

  test('an explicit scale is kept', () => {
    const hole = [{ x: 100, y: 100, width: 300, height: 300 }];
    expect(planFrames({ width: 500, height: 500 }, hole, { ...options, scale: 1 })[0]!.frame.scale).toBe(1);
    expect(planFrames({ width: 500, height: 500 }, hole, { ...options, scale: 4 })[0]!.frame.scale).toBe(4);
  });

  test('a picture smaller than a window is overhung evenly', () => {
    const [plan] = planFrames({ width: 40, height: 300 }, [{ x: 5, y: 5, width: 5, height: 5 }], options);
    expect(plan!.frame).toEqual({
      rect: { x: -44, y: 0, width: 128, height: 256 },
      scale: 1,
      columns: 16,
      rows: 32,
    });
  });

  test('parts far apart have frames of their own, parts side by side share one', () => {
    const canvas = { width: 4000, height: 3000 };
    const near = [
      { x: 100, y: 100, width: 30, height: 30 },
      { x: 150, y: 110, width: 30, height: 30 },
    ];
    expect(planFrames(canvas, near, options)).toHaveLength(1);
    expect(planFrames(canvas, [near[0]!, { x: 3000, y: 2000, width: 30, height: 30 }], options)).toHaveLength(
      2,
    );
  });

  test('thousands of specks do not give hundreds of frames', () => {
    const specks = Array.from({ length: 5000 }, (_, i) => {
      return { x: (i * 7919) % 5990, y: (i * 104729) % 3990, width: 5, height: 5 };
    });
    expect(planFrames({ width: 6000, height: 4000 }, specks, options).length).toBeLessThan(60);
  });

  test('gives nothing where nothing is selected', () => {
    expect(planFrames({ width: 200, height: 100 }, [], options)).toEqual([]);
  });

  test('refuses a picture under 16 px', () => {
    expect(() => planFrames({ width: 15, height: 100 }, [], options)).toThrow('The picture is 15 x 100 px');
  });
});
