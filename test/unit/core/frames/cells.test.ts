import { expect, test } from 'vitest';
import { cellBounds, cellsInPicture, growCells } from '../../../../core/frames/cells.ts';

const frame = { rect: { x: -8, y: 40, width: 160, height: 96 }, scale: 2, columns: 10, rows: 6 };

test('the bounds of cells', () => {
  expect(cellBounds([12, 25, 31], frame)).toEqual({ x: 1, y: 1, width: 5, height: 3 });
});

test('cells grow no further than the frame', () => {
  expect(growCells({ x: 0, y: 4, width: 3, height: 2 }, 2, frame)).toEqual({
    x: 0,
    y: 2,
    width: 5,
    height: 4,
  });
});

test('cells lie in the picture where the frame does', () => {
  expect(cellsInPicture({ x: 1, y: 2, width: 3, height: 1 }, frame)).toEqual({
    x: 8,
    y: 72,
    width: 48,
    height: 16,
  });
});
