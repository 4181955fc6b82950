import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipLine } from '../../../../../renderer/tools/tokens/cellStroke.ts';

const RECT = { x: 10, y: 20, width: 100, height: 50 };

describe('the part of a line that lies in a rectangle', () => {
  const point = fc.record({
    x: fc.integer({ min: -50, max: 200 }),
    y: fc.integer({ min: -50, max: 200 }),
  });

  it('is where points along the line lie in it', () => {
    fc.assert(
      fc.property(point, point, fc.double({ min: 0, max: 1, noNaN: true }), (from, to, share) => {
        const x = from.x + share * (to.x - from.x);
        const y = from.y + share * (to.y - from.y);
        const isInside = x > 10.001 && x < 109.999 && y > 20.001 && y < 69.999;
        const part = clipLine(RECT, from, to);
        if (isInside) expect(part).not.toBeNull();
        if (!part) return;
        for (const end of part) {
          expect(end.x >= 10 - 1e-6 && end.x <= 110 + 1e-6).toBe(true);
          expect(end.y >= 20 - 1e-6 && end.y <= 70 + 1e-6).toBe(true);
        }
        const along = Math.hypot(to.x - from.x, to.y - from.y);
        const [a, b] = part.map((end) => Math.hypot(end.x - from.x, end.y - from.y));
        if (isInside) expect(share * along >= a! - 1e-6 && share * along <= b! + 1e-6).toBe(true);
      }),
    );
  });

  it('is a point for a point, and nothing beside the rectangle', () => {
    expect(clipLine(RECT, { x: 15, y: 25 }, { x: 15, y: 25 })).toEqual([
      { x: 15, y: 25 },
      { x: 15, y: 25 },
    ]);
    expect(clipLine(RECT, { x: 5, y: 25 }, { x: 5, y: 90 })).toBeNull();
    expect(clipLine(RECT, { x: 0, y: 70 }, { x: 40, y: 100 })).toBeNull();
  });
});
