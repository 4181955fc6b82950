import { TesseraError } from '../ipc/errors.ts';
import type { TokenGrid } from './grid.ts';
import { MASK } from './grid.ts';

/** A reversible change of a grid: only the cells whose token differs, ascending, each once. */
export interface TokenPatch {
  readonly cells: Int32Array; // flat indices
  readonly before: Int32Array; // the ids that were there
  readonly after: Int32Array; // the ids that are there then
}

/** Puts one id into cells. */
export function setTokens(grid: TokenGrid, cells: Iterable<number>, id: number): TokenPatch {
  const chosen = Int32Array.from(new Set(cells)).sort();
  const outside = chosen.find((cell) => cell < 0 || cell >= grid.ids.length);
  if (outside !== undefined) {
    throw new TesseraError(
      'input',
      `The grid of ${grid.width} x ${grid.height} tokens has no cell ${outside}.`,
      `Cells count row by row from 0 to ${grid.ids.length - 1}.`,
    );
  }
  const changing = chosen.filter((cell) => grid.ids[cell] !== id);
  return {
    cells: changing,
    before: changing.map((cell) => grid.ids[cell]!),
    after: new Int32Array(changing.length).fill(id),
  };
}

/** Puts `to` wherever `from` is. */
export function replaceToken(grid: TokenGrid, from: number, to: number): TokenPatch {
  return setTokens(grid, cellsOf(grid, from), to);
}

/** Takes the tokens of cells away. */
export function eraseTokens(grid: TokenGrid, cells: Iterable<number>): TokenPatch {
  return setTokens(grid, cells, MASK);
}

function* cellsOf({ ids }: TokenGrid, id: number): Generator<number> {
  for (let cell = 0; cell < ids.length; cell++) if (ids[cell] === id) yield cell;
}

/** The grid after a patch; the one given stays as it is. Throws 'internal' if the patch was made for other tokens. */
export function applyPatch(grid: TokenGrid, { cells, before, after }: TokenPatch): TokenGrid {
  const ids = grid.ids.slice();
  cells.forEach((cell, i) => {
    if (ids[cell] !== before[i]) {
      throw new TesseraError('internal', `The patch expects token ${before[i]!} at cell ${cell}.`);
    }
    ids[cell] = after[i]!;
  });
  return { width: grid.width, height: grid.height, ids };
}

/** The patch that takes another back. */
export function invertPatch({ cells, before, after }: TokenPatch): TokenPatch {
  return { cells, before: after, after: before };
}

/** One patch that does what `first` and then `second` do. */
export function composePatches(first: TokenPatch, second: TokenPatch): TokenPatch {
  const before = new Map<number, number>();
  const after = new Map<number, number>();
  for (const patch of [first, second]) {
    patch.cells.forEach((cell, i) => {
      if (!before.has(cell)) before.set(cell, patch.before[i]!);
      after.set(cell, patch.after[i]!);
    });
  }
  const cells = Int32Array.from(before.keys())
    .filter((cell) => before.get(cell) !== after.get(cell))
    .sort();
  return {
    cells,
    before: cells.map((cell) => before.get(cell)!),
    after: cells.map((cell) => after.get(cell)!),
  };
}
