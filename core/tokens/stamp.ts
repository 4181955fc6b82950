import { TesseraError } from '../base/errors.ts';
import { createGrid, MASK, type TokenGrid } from './grid.ts';
import type { TokenEdit } from './edit.ts';
import type { Size } from '../base/geometry.ts';

export { stampFromText, stampToText } from './stampText.ts';

/** A piece of tokens to be put elsewhere. Cells that were not taken are MASK, and stay as they are where it is put. */
export interface TokenStamp {
  readonly package: { readonly id: string; readonly sha256: string }; // whose codebook the ids belong to
  readonly grid: TokenGrid;
}

/**
 * The tokens of some cells, as they lie.
 *
 * @throws TesseraError 'input' where none of the cells has a token
 */
export function takeStamp(
  from: TokenStamp['package'],
  { width, ids }: TokenGrid,
  cells: Iterable<number>,
): TokenStamp {
  const taken = [...cells].filter((cell) => (ids[cell] ?? MASK) !== MASK);
  if (taken.length === 0) {
    throw new TesseraError('input', 'There are no tokens to take.', 'Choose cells that have tokens.');
  }
  const [left, right] = ends(taken.map((cell) => cell % width));
  const [top, bottom] = ends(taken.map((cell) => Math.floor(cell / width)));
  const grid = createGrid(right - left + 1, bottom - top + 1);
  for (const cell of taken) {
    const row = Math.floor(cell / width) - top;
    grid.ids[row * grid.width + (cell % width) - left] = ids[cell]!;
  }
  return { package: { id: from.id, sha256: from.sha256 }, grid };
}

/** A stamp turned over: left to right, or top to bottom. The tokens change places, each stays what it is. */
export function flipStamp(
  { package: made, grid: { width, height, ids } }: TokenStamp,
  direction: 'horizontal' | 'vertical',
): TokenStamp {
  const flipped = ids.map((_, cell) => {
    const row = Math.floor(cell / width);
    return direction === 'horizontal'
      ? ids[row * width + width - 1 - (cell % width)]!
      : ids[(height - 1 - row) * width + (cell % width)]!;
  });
  return { package: made, grid: { width, height, ids: flipped } };
}

/**
 * Puts a stamp onto a grid; what lies outside it is left out.
 *
 * @param size of the grid, tokens
 * @param column of the stamp's left side, also outside the grid
 * @param row of its top
 */
export function stampEdit({ grid }: TokenStamp, size: Size, column: number, row: number): TokenEdit {
  const cells: number[] = [];
  const ids: number[] = [];
  grid.ids.forEach((id, at) => {
    const x = column + (at % grid.width);
    const y = row + Math.floor(at / grid.width);
    if (id === MASK || x < 0 || x >= size.width || y < 0 || y >= size.height) return;
    cells.push(y * size.width + x);
    ids.push(id);
  });
  return { cells: Int32Array.from(cells), ids: Int32Array.from(ids) };
}

function ends(numbers: readonly number[]): [number, number] {
  return numbers.reduce(([least, most], n) => [Math.min(least, n), Math.max(most, n)], [Infinity, -Infinity]);
}
