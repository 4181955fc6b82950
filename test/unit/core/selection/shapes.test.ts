import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rect } from '../../../../core/base/geometry.ts';
import { containsRect, type Point } from '../../../../core/base/geometry.ts';
import type { Coverage } from '../../../../core/pixels/picture.ts';
import { ellipse, polygon, rectangle } from '../../../../core/selection/shapes.ts';

const within: Rect = { x: -6, y: -8, width: 28, height: 30 };

const real = fc.double({ min: -12, max: 30, noNaN: true });
const length = fc.double({ min: 0.01, max: 40, noNaN: true });
const box = fc.record({ x: real, y: real, width: length, height: length });
const point = fc.record({ x: real, y: real });

/** Coverage of a pixel by asking many places in it. */
function sampled(x: number, y: number, inside: (x: number, y: number) => boolean): number {
  const places = 20;
  let count = 0;
  for (let i = 0; i < places; i++) {
    for (let j = 0; j < places; j++) if (inside(x + (j + 0.5) / places, y + (i + 0.5) / places)) count++;
  }
  return (255 * count) / places ** 2;
}

function at({ rect, data }: Coverage, x: number, y: number): number {
  const column = x - rect.x;
  const row = y - rect.y;
  return column >= 0 && row >= 0 && column < rect.width && row < rect.height
    ? data[row * rect.width + column]!
    : 0;
}

/** Compares coverage with what is inside, on all pixels of `within`. */
function expectCoverage(coverage: Coverage, inside: (x: number, y: number) => boolean, error: number): void {
  expect(coverage.data.length).toBe(coverage.rect.width * coverage.rect.height);
  if (coverage.data.length > 0) expect(containsRect(within, coverage.rect)).toBe(true);
  let most = 0;
  for (let y = within.y; y < within.y + within.height; y++) {
    for (let x = within.x; x < within.x + within.width; x++) {
      most = Math.max(most, Math.abs(at(coverage, x, y) - sampled(x, y, inside)));
    }
  }
  expect(most).toBeLessThanOrEqual(error);
}

/** How often a polygon goes around a place. */
function windingOf(points: readonly Point[], x: number, y: number): number {
  let winding = 0;
  points.forEach((a, i) => {
    const b = points[(i + 1) % points.length]!;
    if (a.y <= y === b.y <= y) return;
    if (a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x) < x) winding += a.y < b.y ? 1 : -1;
  });
  return winding;
}

describe('shapes', () => {
  test('a rectangle covers as much of each pixel as it overlaps', () => {
    fc.assert(
      fc.property(box, ({ x, y, width, height }) => {
        const inside = (px: number, py: number): boolean =>
          px >= x && px < x + width && py >= y && py < y + height;
        expectCoverage(rectangle({ x, y, width, height }, within), inside, 17);
      }),
      { numRuns: 30 },
    );
    expect(rectangle({ x: 0.25, y: 0, width: 1, height: 1.5 }, within)).toEqual({
      rect: { x: 0, y: 0, width: 2, height: 2 },
      data: Uint8Array.of(191, 64, 96, 32),
    });
  });

  test('an ellipse as well', () => {
    fc.assert(
      fc.property(box, (rect) => {
        const [a, b] = [rect.width / 2, rect.height / 2];
        const inside = (px: number, py: number): boolean =>
          ((px - rect.x - a) / a) ** 2 + ((py - rect.y - b) / b) ** 2 < 1;
        expectCoverage(ellipse(rect, within), inside, 25);
      }),
      { numRuns: 30 },
    );
  });

  test('and a polygon, whatever way its sides cross', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 9 }), (points) => {
        expectCoverage(polygon(points, within), (x, y) => windingOf(points, x, y) !== 0, 25);
      }),
      { numRuns: 30 },
    );
  });

  test('a star is filled in its middle, a hole that turns back is not', () => {
    const corner = (i: number, r: number): Point => ({
      x: 15 + r * Math.sin((i * 4 * Math.PI) / 5),
      y: 8 - r * Math.cos((i * 4 * Math.PI) / 5),
    });
    const star = polygon(
      [0, 1, 2, 3, 4].map((i) => corner(i, 15)),
      within,
    );
    expect(at(star, 15, 8)).toBe(255);

    const outer = [
      { x: 0, y: 0 },
      { x: 20, y: 0 },
      { x: 20, y: 20 },
      { x: 0, y: 20 },
      { x: 0, y: 0 },
    ];
    const inner = [
      { x: 5, y: 5 },
      { x: 5, y: 15 },
      { x: 15, y: 15 },
      { x: 15, y: 5 },
      { x: 5, y: 5 },
    ];
    const ring = polygon([...outer, ...inner], within);
    expect([at(ring, 2, 10), at(ring, 10, 10), at(ring, 17, 10)]).toEqual([255, 0, 255]);
  });

  test('of no area cover nothing', () => {
    const nothing = [
      rectangle({ x: 1, y: 1, width: 0, height: 5 }, within),
      ellipse({ x: 100, y: 1, width: 5, height: 5 }, within),
      polygon([], within),
      polygon([point0, { x: 5, y: 5 }], within),
      polygon([point0, { x: 5, y: 0 }, { x: 9, y: 0 }], within),
    ];
    for (const { data } of nothing) expect(data.length).toBe(0);
  });
});

const point0: Point = { x: 0, y: 0 };
