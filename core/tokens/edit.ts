import { TesseraError } from '../base/errors.ts';
import type { TokenGrid } from './grid.ts';

/** Tokens to put somewhere. */
export interface TokenEdit {
  readonly cells: Int32Array; // flat indices, ascending, each once
  readonly ids: Int32Array; // of each cell
}

/** A reversible change of a grid: only the cells whose token differs, ascending, each once. */
export interface TokenPatch {
  readonly cells: Int32Array; // flat indices
  readonly before: Int32Array; // the ids that were there
  readonly after: Int32Array; // the ids that are there then
}

/** Puts one id into cells; MASK takes their tokens away. */
export function setEdit(cells: Iterable<number>, id: number): TokenEdit {
  const chosen = Int32Array.from(new Set(cells)).sort();
  return { cells: chosen, ids: new Int32Array(chosen.length).fill(id) };
}

/** Puts `to` wherever one of `from` is, within some cells or anywhere. */
export function replaceEdit(
  grid: TokenGrid,
  from: ReadonlySet<number>,
  to: number,
  within: Iterable<number> = grid.ids.keys(),
): TokenEdit {
  const found: number[] = [];
  for (const cell of within) if (from.has(grid.ids[cell]!)) found.push(cell);
  return setEdit(found, to);
}

/** What an edit changes in a grid. Throws 'input' for cells that the grid does not have. */
export function putTokens(grid: TokenGrid, { cells, ids }: TokenEdit): TokenPatch {
  checkCells(grid, cells);
  const differs = (i: number): boolean => grid.ids[cells[i]!] !== ids[i];
  const changing = cells.filter((_, i) => differs(i));
  return {
    cells: changing,
    before: changing.map((cell) => grid.ids[cell]!),
    after: ids.filter((_, i) => differs(i)),
  };
}

function checkCells({ width, height, ids }: TokenGrid, cells: Int32Array): void {
  const outside = cells.find((cell) => cell < 0 || cell >= ids.length);
  if (outside === undefined) return;
  throw new TesseraError(
    'input',
    `The grid of ${width} x ${height} tokens has no cell ${outside}.`,
    `Cells count row by row from 0 to ${ids.length - 1}.`,
  );
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
