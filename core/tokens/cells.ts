import type { Size } from '../base/geometry.ts';
import type { TokenGrid } from './grid.ts';

/**
 * The cells under a square brush, ascending; what lies outside the grid is left out.
 *
 * @param size of the grid, tokens
 * @param cell under the middle of the brush; for an even width the one above and to the left of it
 * @param width of the brush, tokens
 */
export function brushCells(size: Size, cell: number, width: number): Int32Array {
  return lineCells(size, cell, cell, width);
}

/** The cells that a square brush passes over on its way in a straight line, the same there and back; no gaps. */
export function lineCells(size: Size, from: number, to: number, width: number): Int32Array {
  const cells = setOf(size);
  const before = Math.floor((width - 1) / 2); // cells left of and above the middle
  for (const { column, row } of straight(size, Math.min(from, to), Math.max(from, to))) {
    cells.add(column - before, row - before, width, width);
  }
  return cells.list();
}

/** The cells of the rectangle that has two cells as its corners. */
export function rectangleCells(size: Size, from: number, to: number): Int32Array {
  const cells = setOf(size);
  const a = placeOf(size, from);
  const b = placeOf(size, to);
  const width = Math.abs(a.column - b.column) + 1;
  const height = Math.abs(a.row - b.row) + 1;
  cells.add(Math.min(a.column, b.column), Math.min(a.row, b.row), width, height);
  return cells.list();
}

/** The cells that hold the same code as `cell` and hang together with it by their sides. */
export function bucketCells({ width, height, ids }: TokenGrid, cell: number): Int32Array {
  const code = ids[cell];
  const taken = new Uint8Array(ids.length);
  const found = new Int32Array(ids.length);
  let count = 0;
  const visit = (next: number): void => {
    if (taken[next] === 1 || ids[next] !== code) return;
    taken[next] = 1;
    found[count++] = next;
  };
  visit(cell);
  for (let i = 0; i < count; i++) {
    const at = found[i]!;
    const column = at % width;
    if (column > 0) visit(at - 1);
    if (column < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at < width * (height - 1)) visit(at + width);
  }
  return found.slice(0, count).sort();
}

interface Place {
  readonly column: number;
  readonly row: number;
}

function placeOf({ width }: Size, cell: number): Place {
  return { column: cell % width, row: Math.floor(cell / width) };
}

/** The cells nearest to a line, one for each column or row, whichever there are more of. */
function* straight(size: Size, from: number, to: number): Generator<Place> {
  const a = placeOf(size, from);
  const b = placeOf(size, to);
  const columns = b.column - a.column;
  const rows = b.row - a.row;
  const steps = Math.max(Math.abs(columns), Math.abs(rows));
  for (let i = 0; i <= steps; i++) {
    const way = steps === 0 ? 0 : i / steps;
    yield { column: a.column + Math.round(columns * way), row: a.row + Math.round(rows * way) };
  }
}

/** Cells of a grid that are being gathered. */
interface CellSet {
  /** Adds a block of cells, as much of it as lies in the grid. */
  add(column: number, row: number, width: number, height: number): void;
  /** All that were added, as ascending flat indices. */
  list(): Int32Array;
}

/** No cells yet. @param size of the grid, tokens */
export function setOf({ width, height }: Size): CellSet {
  const taken = new Uint8Array(width * height);
  return {
    add(column, row, across, down) {
      const left = Math.max(column, 0);
      const right = Math.min(column + across, width);
      if (left >= right) return;
      for (let y = Math.max(row, 0); y < Math.min(row + down, height); y++) {
        taken.fill(1, y * width + left, y * width + right);
      }
    },
    list: () => indicesOf(taken),
  };
}

/** The indices of what is not 0, ascending. */
export function indicesOf(flags: Uint8Array): Int32Array {
  let count = 0;
  for (let i = 0; i < flags.length; i++) if (flags[i] !== 0) count++;
  const indices = new Int32Array(count);
  for (let i = 0, k = 0; i < flags.length; i++) if (flags[i] !== 0) indices[k++] = i;
  return indices;
}
