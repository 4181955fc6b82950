import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameFrame } from '../../../../core/frames/frame.ts';
import { bordersAlong, shiftedAlong, shownAlong } from '../../../../core/frames/shownAlong.ts';
import { mirroredIndices } from '../../../../core/pixels/crop.ts';

const stretch = fc.record({
  start: fc.integer({ min: -40, max: 40 }),
  length: fc.integer({ min: 1, max: 50 }),
});

describe('the pixels that columns show', () => {
  test('are their own inside the canvas, and mirrored ones outside', () => {
    const borders = bordersAlong({ start: -8, length: 32 }, 4);
    expect([...borders]).toEqual([-8, 0, 8, 16, 24]);
    expect([...shownAlong(borders, { start: 0, length: 20 })]).toEqual([1, 8, 0, 7, 8, 15, 15, 19]);
  });

  test('are all between the first and the last, and no others', () => {
    fc.assert(
      fc.property(stretch, stretch, fc.integer({ min: 1, max: 8 }), (frame, canvas, cells) => {
        const borders = bordersAlong({ ...frame, length: frame.length * cells }, cells);
        const shown = shownAlong(borders, canvas);
        for (let cell = 0; cell < cells; cell++) {
          const first = borders[cell]!;
          const seen = mirroredIndices(first - canvas.start, borders[cell + 1]! - first, canvas.length);
          const between = [];
          for (let pixel = shown[2 * cell]!; pixel <= shown[2 * cell + 1]!; pixel++) between.push(pixel);
          expect(between).toEqual(
            [...new Set(seen)].sort((a, b) => a - b).map((index) => index + canvas.start),
          );
        }
      }),
    );
  });

  test('are others on another canvas where they reach outside it', () => {
    const borders = bordersAlong({ start: 0, length: 32 }, 4);
    const before = { start: 0, length: 20 };
    expect([...shiftedAlong(borders, before, { start: -5, length: 25 })]).toEqual([0, 0, 0, 0]);
    expect([...shiftedAlong(borders, before, { start: 0, length: 40 })]).toEqual([0, 0, 1, 1]);
    expect([...shiftedAlong(borders, before, { start: 3, length: 17 })]).toEqual([1, 0, 0, 0]);
  });
});

test('frames are the same when their cells and pixels are', () => {
  const frame = { rect: { x: 1, y: 2, width: 32, height: 16 }, scale: 1, columns: 4, rows: 2 };
  expect(sameFrame(frame, { ...frame, rect: { ...frame.rect } })).toBe(true);
  for (const change of [{ x: 0 }, { y: 0 }, { width: 64 }, { height: 32 }]) {
    expect(sameFrame(frame, { ...frame, rect: { ...frame.rect, ...change } })).toBe(false);
  }
  expect(sameFrame(frame, { ...frame, columns: 2 })).toBe(false);
  expect(sameFrame(frame, { ...frame, rows: 1 })).toBe(false);
});
