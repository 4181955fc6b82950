import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brushCells, bucketCells, lineCells, rectangleCells } from '../../../../core/tokens/cells.ts';
import { cellAt } from '../../../../core/frames/cells.ts';
import { createGrid } from '../../../../core/tokens/grid.ts';
import { cellRect } from '../../../../core/frames/cellRects.ts';
import { frames, grids } from './support.ts';

const size = { width: 6, height: 5 };
const sizes = fc.record({ width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 20 }) });
const widths = fc.integer({ min: 1, max: 9 });

const strokes = sizes.chain(({ width, height }) => {
  const cell = fc.nat(width * height - 1);
  return fc.record({ size: fc.constant({ width, height }), from: cell, to: cell, width: widths });
});

function isAscending(cells: Int32Array): boolean {
  return cells.every((cell, i) => i === 0 || cells[i - 1]! < cell);
}

describe('cellAt', () => {
  it('finds the cell whose square holds the pixel, in every frame', () => {
    fc.assert(
      fc.property(frames, fc.nat(), fc.nat(), fc.nat(), (frame, anyCell, dx, dy) => {
        const cell = anyCell % (frame.columns * frame.rows);
        const { x, y, width, height } = cellRect(frame, cell);
        expect(cellAt(frame, x + (dx % width), y + (dy % height))).toBe(cell);
        expect(cellAt(frame, x + 0.999 * width, y + 0.999 * height)).toBe(cell);
      }),
    );
  });

  it('finds none outside the frame', () => {
    const frame = { rect: { x: -8, y: 16, width: 32, height: 16 }, scale: 1, columns: 4, rows: 2 };
    for (const [x, y] of [
      [-8.01, 20],
      [24, 20],
      [0, 15.9],
      [0, 32],
    ] as const) {
      expect(cellAt(frame, x, y)).toBeNull();
    }
  });
});

describe('brushCells', () => {
  it('takes a square around the cell', () => {
    expect([...brushCells(size, 14, 1)]).toEqual([14]);
    expect([...brushCells(size, 14, 3)]).toEqual([7, 8, 9, 13, 14, 15, 19, 20, 21]);
    expect([...brushCells(size, 14, 2)]).toEqual([14, 15, 20, 21]);
  });

  it('is cut at the edges, and does not come back on the other side', () => {
    expect([...brushCells(size, 5, 3)]).toEqual([4, 5, 10, 11]);
    expect([...brushCells(size, 24, 3)]).toEqual([18, 19, 24, 25]);
    expect(brushCells(size, 14, 9)).toHaveLength(30);
  });
});

describe('lineCells', () => {
  it('goes straight', () => {
    expect([...lineCells(size, 0, 21, 1)]).toEqual([0, 7, 14, 21]);
    expect([...lineCells(size, 6, 10, 1)]).toEqual([6, 7, 8, 9, 10]);
  });

  it('covers both ends with the brush, has no gaps, and is the same there and back', () => {
    fc.assert(
      fc.property(strokes, ({ size, from, to, width }) => {
        const cells = lineCells(size, from, to, width);
        expect(isAscending(cells)).toBe(true);
        const line = new Set(cells);
        for (const end of [from, to]) {
          for (const cell of brushCells(size, end, width)) expect(line.has(cell)).toBe(true);
        }
        expect(connected(line, size.width)).toBe(true);
        expect(lineCells(size, to, from, width)).toEqual(cells);
      }),
    );
  });

  it('is what a brush covers that goes from each cell of a thin line to the next', () => {
    fc.assert(
      fc.property(strokes, ({ size, from, to, width }) => {
        const passed = new Set<number>();
        for (const cell of lineCells(size, from, to, 1)) {
          for (const covered of brushCells(size, cell, width)) passed.add(covered);
        }
        expect(new Set(lineCells(size, from, to, width))).toEqual(passed);
      }),
    );
  });
});

/** Whether one gets from every cell to every other by sides and corners. */
function connected(cells: ReadonlySet<number>, width: number): boolean {
  const reached = new Set([...cells].slice(0, 1));
  for (const cell of reached) {
    for (const next of cells) {
      const across = Math.abs((next % width) - (cell % width));
      const down = Math.abs(Math.floor(next / width) - Math.floor(cell / width));
      if (across <= 1 && down <= 1) reached.add(next);
    }
  }
  return reached.size === cells.size;
}

describe('rectangleCells', () => {
  it('goes from corner to corner, whichever are given', () => {
    const expected = [7, 8, 9, 13, 14, 15];
    expect([...rectangleCells(size, 7, 15)]).toEqual(expected);
    expect([...rectangleCells(size, 15, 7)]).toEqual(expected);
    expect([...rectangleCells(size, 9, 13)]).toEqual(expected);
    expect([...rectangleCells(size, 13, 9)]).toEqual(expected);
    expect([...rectangleCells(size, 29, 29)]).toEqual([29]);
  });
});

describe('bucketCells', () => {
  it('stops at other codes and at corners, and does not go around the edges', () => {
    const grid = createGrid(4, 3, [1, 1, 2, 1, 2, 1, 2, 1, 1, 2, 2, 1]);
    expect([...bucketCells(grid, 0)]).toEqual([0, 1, 5]);
    expect([...bucketCells(grid, 8)]).toEqual([8]);
    expect([...bucketCells(grid, 11)]).toEqual([3, 7, 11]);
    expect([...bucketCells(grid, 9)]).toEqual([2, 6, 9, 10]);
  });

  it('takes all that hangs together and nothing that borders on it', () => {
    fc.assert(
      fc.property(grids(2), fc.nat(), (grid, anyCell) => {
        const { width, ids } = grid;
        const cells = bucketCells(grid, anyCell % ids.length);
        expect(isAscending(cells)).toBe(true);
        const taken = new Set(cells);
        expect(taken.has(anyCell % ids.length)).toBe(true);
        for (const cell of cells) {
          expect(ids[cell]).toBe(ids[anyCell % ids.length]);
          const column = cell % width;
          const beside = [cell - width, cell + width];
          if (column > 0) beside.push(cell - 1);
          if (column < width - 1) beside.push(cell + 1);
          for (const next of beside) if (ids[next] === ids[cell]) expect(taken.has(next)).toBe(true);
        }
      }),
    );
  });
});
