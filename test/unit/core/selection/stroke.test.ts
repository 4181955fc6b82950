import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rect } from '../../../../core/base/geometry.ts';
import { growRect, intersectRects, uniteRects } from '../../../../core/base/geometry.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { empty } from '../../../../core/raster/make.ts';
import { applyPatch } from '../../../../core/raster/patch.ts';
import { TILE, type Raster } from '../../../../core/raster/raster.ts';
import { FULL_TILE } from '../../../../core/raster/tile.ts';
import { tileKey } from '../../../../core/raster/tileKey.ts';
import { fillRect } from '../../../../core/raster/write.ts';
import {
  beginStroke,
  endStroke,
  lineTo,
  strokeRaster,
  strokeTo,
  type StrokePoint,
} from '../../../../core/selection/stroke.ts';
import { seed, stream } from '../pixels/random.ts';
import { forEachPixel, isInside, noiseSelection } from '../raster/support.ts';

const canvas: Rect = { x: -100, y: -80, width: 420, height: 400 };
const hard = { size: 20, hardness: 1, opacity: 1, mode: 'add' } as const;

const brush = fc.record({
  size: fc.double({ min: 0.5, max: 90, noNaN: true }),
  hardness: fc.double({ min: 0, max: 1, noNaN: true }),
  opacity: fc.double({ min: 0, max: 1, noNaN: true }),
  mode: fc.constantFrom<'add' | 'subtract'>('add', 'subtract'),
});
const point: fc.Arbitrary<StrokePoint> = fc.record({
  x: fc.double({ min: -160, max: 380, noNaN: true }),
  y: fc.double({ min: -140, max: 380, noNaN: true }),
  pressure: fc.double({ min: 0, max: 1, noNaN: true }),
});
const path = fc.array(point, { minLength: 1, maxLength: 5 });

type Options = Parameters<typeof beginStroke>[1];

function draw(selection: Raster, options: Options, points: readonly StrokePoint[]): Raster {
  const stroke = beginStroke(selection, options);
  for (const point of points) strokeTo(stroke, point);
  return applyPatch(selection, endStroke(stroke));
}

/** The same line in more pieces. */
function chopped(points: readonly StrokePoint[], random: number): StrokePoint[] {
  const next = stream(random);
  return points.flatMap((to, i) => {
    const from = points[i - 1];
    if (!from) return [to];
    const cuts = Array.from({ length: Math.floor(next() * 6) }, next).sort((a, b) => a - b);
    const mix = (a: number, b: number, t: number): number => a + (b - a) * t;
    return [
      ...cuts.map((t) => ({
        x: mix(from.x, to.x, t),
        y: mix(from.y, to.y, t),
        pressure: mix(from.pressure, to.pressure, t),
      })),
      to,
    ];
  });
}

function largestDifference(a: Uint8Array, b: Uint8Array): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
}

function distanceToLine(x: number, y: number, a: StrokePoint, b: StrokePoint): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const t = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - a.x - dx * t, y - a.y - dy * t);
}

describe('a brush stroke', () => {
  test('is the same however its line is cut', () => {
    fc.assert(
      fc.property(brush, path, seed, (options, points, random) => {
        const selection = noiseSelection(canvas, random);
        const whole = readRect(draw(selection, options, points), canvas);
        const cut = readRect(draw(selection, options, chopped(points, random)), canvas);
        expect(largestDifference(whole, cut)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  test('changes nothing outside what it says it touched, and nothing in the selection it began on', () => {
    fc.assert(
      fc.property(brush, path, seed, (options, points, random) => {
        const selection = noiseSelection(canvas, random);
        const before = readRect(selection, canvas);
        const stroke = beginStroke(selection, options);
        let touched: Rect = { x: 0, y: 0, width: 0, height: 0 };
        for (const point of points) {
          const rect = strokeTo(stroke, point);
          if (rect) touched = touched.width ? uniteRects(touched, rect) : rect;
        }
        const live = readRect(strokeRaster(stroke), canvas);
        let wrong = 0;
        let i = 0;
        forEachPixel(canvas, (x, y) => {
          if (!isInside(touched, x, y) && live[i] !== before[i]) wrong++;
          i++;
        });
        expect(wrong).toBe(0);
        expect(intersectRects(touched, canvas)).toEqual(touched);

        const after = applyPatch(selection, endStroke(stroke));
        expect(Buffer.compare(readRect(selection, canvas), before)).toBe(0);
        expect(Buffer.compare(readRect(after, canvas), readRect(strokeRaster(stroke), canvas))).toBe(0);
        const around = growRect(canvas, 80);
        expect(sum(readRect(after, around))).toBe(sum(readRect(after, canvas)));
      }),
      { numRuns: 40 },
    );
  });

  test('never does more than its opacity, however often it crosses itself', () => {
    fc.assert(
      fc.property(brush, path, seed, (options, points, random) => {
        const selection = noiseSelection(canvas, random);
        const target = options.mode === 'add' ? 255 : 0;
        const before = readRect(selection, canvas);
        const after = readRect(draw(selection, options, [...points, ...points, ...points]), canvas);
        let wrong = 0;
        for (let i = 0; i < before.length; i++) {
          const most = Math.abs(target - before[i]!) * options.opacity;
          const done = (after[i]! - before[i]!) * (target === 255 ? 1 : -1);
          if (done < 0 || done > most + 1) wrong++;
        }
        expect(wrong).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  test('a hard dab is a disc whose edge is one pixel wide', () => {
    const selection = empty(canvas, 1);
    const data = readRect(draw(selection, hard, [{ x: 50, y: 40, pressure: 1 }]), canvas);
    let wrong = 0;
    let i = 0;
    forEachPixel(canvas, (x, y) => {
      const distance = Math.hypot(x + 0.5 - 50, y + 0.5 - 40);
      if (distance <= 9.5 && data[i] !== 255) wrong++;
      if (distance >= 10.5 && data[i] !== 0) wrong++;
      i++;
    });
    expect(wrong).toBe(0);
    expect(sum(data) / 255).toBeCloseTo(Math.PI * 100, -1);
  });

  test('a line is as if the brush had been everywhere on it', () => {
    const a = { x: -31.3, y: 10, pressure: 1 };
    const b = { x: 270, y: 207.7, pressure: 1 };
    for (const [hardness, most] of [
      [1, 70], // dabs lie on quarters of a pixel, and the edge is one pixel wide
      [0.5, 5],
      [0, 4],
    ] as const) {
      const data = readRect(draw(empty(canvas, 1), { ...hard, size: 60, hardness }, [a, b]), canvas);
      const [outer, ramp] = [30 + hardness / 2, 30 * (1 - hardness) + hardness];
      const expected = new Uint8Array(data.length);
      let i = 0;
      forEachPixel(canvas, (x, y) => {
        const t = Math.min(1, Math.max(0, (outer - distanceToLine(x + 0.5, y + 0.5, a, b)) / ramp));
        expected[i++] = Math.round(255 * t * t * (3 - 2 * t));
      });
      expect(largestDifference(data, expected)).toBeLessThanOrEqual(most);
    }
  });

  test('subtracts what it added, and then the tiles are gone', () => {
    const points = [
      { x: 0, y: 0, pressure: 1 },
      { x: 200, y: 150, pressure: 1 },
    ];
    const added = draw(empty(canvas, 1), { ...hard, hardness: 0.3 }, points);
    expect(added.tiles.size).toBeGreaterThan(1);
    const gone = draw(added, { ...hard, size: 50, mode: 'subtract' }, points);
    expect(gone.tiles.size).toBe(0);
  });

  test('pressure scales it', () => {
    const full = sum(
      readRect(draw(empty(canvas, 1), { ...hard, size: 80 }, [{ x: 9, y: 9, pressure: 1 }]), canvas),
    );
    const half = sum(
      readRect(draw(empty(canvas, 1), { ...hard, size: 80 }, [{ x: 9, y: 9, pressure: 0.5 }]), canvas),
    );
    expect(half / full).toBeCloseTo(0.25, 2);
    expect(draw(empty(canvas, 1), hard, [{ x: 9, y: 9, pressure: 0 }]).tiles.size).toBe(0);
  });

  test('reaches the point where it ends, and the corner of a line', () => {
    const to = { x: 40, y: 0, pressure: 1 };
    const at = (selection: Raster): number => readRect(selection, { x: 49, y: 0, width: 1, height: 1 })[0]!;
    const start = { x: 40 - 0.99 * 20, y: 0, pressure: 1 };
    expect(at(draw(empty(canvas, 1), hard, [start, to]))).toBeGreaterThan(200);

    const stroke = beginStroke(empty(canvas, 1), hard);
    expect(strokeTo(stroke, start)).toEqual({ x: 9, y: -11, width: 23, height: 23 });
    lineTo(stroke, to);
    expect(at(strokeRaster(stroke))).toBeGreaterThan(200);
  });

  test('beside the canvas touches nothing', () => {
    const stroke = beginStroke(empty(canvas, 1), hard);
    expect(strokeTo(stroke, { x: -150, y: 0, pressure: 1 })).toBeNull();
    expect(strokeTo(stroke, { x: -150, y: 300, pressure: 1 })).toBeNull();
    expect(endStroke(stroke).changes).toEqual([]);
    expect(endStroke(beginStroke(empty(canvas, 1), hard)).changes).toEqual([]);
  });
});

describe('the tiles of a stroke', () => {
  const large: Rect = { x: 0, y: 0, width: 8 * TILE, height: 8 * TILE };
  const none = empty(large, 1);
  const all = applyPatch(none, fillRect(none, large, 255));
  const across = [
    { x: TILE - 5, y: 2 * TILE + 100, pressure: 1 },
    { x: 3 * TILE + 5, y: 2 * TILE + 100, pressure: 1 },
  ];

  test('are those under it alone; all others are shared', () => {
    const after = draw(all, { ...hard, mode: 'subtract' }, across);
    const own = [...after.tiles].filter(([, tile]) => tile !== FULL_TILE).map(([key]) => key);
    expect(own.sort()).toEqual([0, 1, 2, 3].map((column) => tileKey(column, 2)));
    expect(after.tiles.size).toBe(64);
  });

  test('stay what they are where there is nothing to do', () => {
    const stroke = beginStroke(all, hard);
    for (const point of across) strokeTo(stroke, point);
    for (const tile of strokeRaster(stroke).tiles.values()) expect(tile).toBe(FULL_TILE);
    expect(endStroke(stroke).changes).toEqual([]);
    expect(draw(none, { ...hard, mode: 'subtract' }, across).tiles.size).toBe(0);
  });

  test('become the shared one when they are painted full', () => {
    const centre = [{ x: 128, y: 128, pressure: 1 }];
    const after = draw(none, { ...hard, size: 600 }, centre);
    expect(after.tiles.get(tileKey(0, 0))).toBe(FULL_TILE);
  });

  test('that the stroke showed are those that it leaves', () => {
    const stroke = beginStroke(none, hard);
    for (const point of across) strokeTo(stroke, point);
    const shown = strokeRaster(stroke).tiles.get(tileKey(1, 2));
    expect(applyPatch(none, endStroke(stroke)).tiles.get(tileKey(1, 2))).toBe(shown);
  });
});

function sum(data: Uint8Array): number {
  return data.reduce((total, value) => total + value, 0);
}
