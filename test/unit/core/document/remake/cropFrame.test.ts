import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  angleOfLine,
  cornersOf,
  type CropFrame,
  drawnFrame,
  intoFrame,
  largestFrame,
  movedFrame,
  outOfFrame,
  resizedFrame,
  shrunkInto,
  uprightRect,
  wholeFrame,
} from '../../../../../core/document/remake/cropFrame.ts';

const CANVAS = { x: -20, y: 10, width: 600, height: 400 };
const angle = fc.double({ min: -45, max: 45, noNaN: true });
const by = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) });
const edges = fc.record({ x: fc.constantFrom(-1, 0, 1), y: fc.constantFrom(-1, 0, 1) }) as fc.Arbitrary<{
  x: -1 | 0 | 1;
  y: -1 | 0 | 1;
}>;
const frame = fc
  .tuple(by, fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 700 }), angle)
  .map(([centre, width, height, angle]) => shrunkInto({ centre, width, height, angle }, CANVAS));

function expectInside(frame: CropFrame): void {
  for (const { x, y } of cornersOf(frame)) {
    expect(x).toBeGreaterThan(CANVAS.x - 1.5); // a frame of 1 px may stand on a corner
    expect(y).toBeGreaterThan(CANVAS.y - 1.5);
    expect(x).toBeLessThan(CANVAS.x + CANVAS.width + 1.5);
    expect(y).toBeLessThan(CANVAS.y + CANVAS.height + 1.5);
  }
}

describe('crop frames', () => {
  test('stay in the picture, whatever is done with them', () => {
    fc.assert(
      fc.property(
        frame,
        edges,
        by,
        fc.option(fc.double({ min: 0.2, max: 4, noNaN: true })),
        (frame, edges, by, ratio) => {
          expectInside(frame);
          expectInside(movedFrame(frame, by, CANVAS));
          expectInside(resizedFrame(frame, edges, by, ratio, CANVAS));
          expectInside(drawnFrame(frame.centre, { x: by.x, y: by.y }, ratio, CANVAS));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('slide along the edge of the picture', () => {
    const small = { centre: { x: 100, y: 100 }, width: 50, height: 40, angle: 0 };
    expect(movedFrame(small, { x: 30, y: -500 }, CANVAS).centre).toMatchObject({ x: 130 });
    expect(uprightRect(movedFrame(small, { x: 30, y: -500 }, CANVAS)).y).toBe(10);
    const wide = resizedFrame(small, { x: 1, y: 1 }, { x: 900, y: 25 }, null, CANVAS);
    expect(uprightRect(wide)).toEqual({ x: 75, y: 80, width: 505, height: 65 });
  });

  test('keep the edges across in place, also askew', () => {
    const askew = { centre: { x: 250, y: 200 }, width: 100, height: 80, angle: 30 };
    const [, , , lowerLeft] = cornersOf(askew);
    const taller = resizedFrame(askew, { x: 1, y: -1 }, { x: 20, y: -30 }, null, CANVAS);
    expect([taller.width, taller.height]).toEqual([120, 110]);
    const corner = cornersOf(taller)[3]!;
    expect(Math.hypot(corner.x - lowerLeft!.x, corner.y - lowerLeft!.y)).toBeLessThan(1e-9);
  });

  test('keep a ratio', () => {
    expect(uprightRect(largestFrame(CANVAS, 1))).toEqual({ x: 80, y: 10, width: 400, height: 400 });
    expect(largestFrame(CANVAS, null)).toEqual(wholeFrame(CANVAS));
    const square = { centre: { x: 250, y: 200 }, width: 100, height: 100, angle: 0 };
    const larger = resizedFrame(square, { x: 1, y: 0 }, { x: 60, y: 0 }, 1, CANVAS);
    expect([larger.width, larger.height]).toEqual([160, 160]);
    const drawn = drawnFrame({ x: 100, y: 100 }, { x: 40, y: 70 }, 2, CANVAS);
    expect(uprightRect(drawn)).toEqual({ x: 40, y: 70, width: 60, height: 30 });
  });

  test('are level with a line that is drawn along the horizon, or plumb with one along a wall', () => {
    expect(angleOfLine({ x: 0, y: 0 }, { x: 100, y: 10 })).toBeCloseTo(5.71, 2);
    expect(angleOfLine({ x: 100, y: 10 }, { x: 0, y: 0 })).toBeCloseTo(5.71, 2);
    expect(angleOfLine({ x: 0, y: 0 }, { x: 10, y: -100 })).toBeCloseTo(5.71, 2);
  });

  test('tell points of their own from those of the document', () => {
    const askew = { centre: { x: 250, y: 200 }, width: 100, height: 80, angle: 30 };
    const point = outOfFrame(askew, { x: 10, y: 0 });
    expect(point.x).toBeCloseTo(250 + 10 * Math.cos(Math.PI / 6));
    expect(intoFrame(askew, point).x).toBeCloseTo(10);
  });
});
