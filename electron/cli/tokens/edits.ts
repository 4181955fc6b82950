import { TesseraError } from '../../../core/base/errors.ts';
import {
  applyPatch,
  putTokens,
  replaceEdit,
  setEdit,
  type TokenEdit as Put,
} from '../../../core/tokens/edit.ts';
import { MASK, type TokenGrid } from '../../../core/tokens/grid.ts';
import { MISSING, PAINTED, type Provenance } from '../../../core/tokens/provenance.ts';
import { gridOf, type OpenedTokens } from '../shared/tokenFile.ts';
import type { Cells, TokenEdit } from './cells.ts';

/** Tokens after edits, and how many cells hold another token than before. */
export interface Edited {
  readonly tokens: OpenedTokens;
  readonly changed: number;
}

/**
 * Applies edits in their order. Pins hold against --erase and --replace; --set names its cells and may change them.
 *
 * @throws TesseraError 'input' for cells outside the grid and pins on missing tokens
 */
export function applyEdits(tokens: OpenedTokens, edits: readonly TokenEdit[]): Edited {
  const after = edits.reduce(applyEdit, tokens);
  return { tokens: after, changed: after.ids.filter((id, cell) => id !== tokens.ids[cell]).length };
}

function applyEdit(tokens: OpenedTokens, edit: TokenEdit): OpenedTokens {
  const grid = gridOf(tokens);
  const pinned = new Set(tokens.pins);
  switch (edit.kind) {
    case 'set':
      return patched(tokens, grid, setEdit(cellsIn(grid, edit.cells), edit.id), PAINTED);
    case 'replace': {
      const free = [...grid.ids.keys()].filter((cell) => !pinned.has(cell));
      return patched(tokens, grid, replaceEdit(grid, new Set(edit.from), edit.to, free), PAINTED);
    }
    case 'erase': {
      const free = cellsIn(grid, edit.cells).filter((cell) => !pinned.has(cell));
      return patched(tokens, grid, setEdit(free, MASK), MISSING);
    }
    case 'pin':
      return { ...tokens, pins: ascending([...pinned, ...withToken(grid, edit.cells)]) };
    case 'unpin': {
      const loose = new Set(cellsIn(grid, edit.cells));
      return { ...tokens, pins: tokens.pins.filter((cell) => !loose.has(cell)) };
    }
  }
}

function patched(tokens: OpenedTokens, grid: TokenGrid, edit: Put, how: Provenance): OpenedTokens {
  const patch = putTokens(grid, edit);
  const ids = Array.from(applyPatch(grid, patch).ids);
  const changed = new Set(patch.cells);
  const provenance = tokens.provenance?.map((was, cell) => (changed.has(cell) ? how : was));
  return { ...tokens, ids, ...(provenance && { provenance }) };
}

/** The cells of a block, flat. */
export function cellsIn({ width, height }: TokenGrid, block: Cells): readonly number[] {
  const rows = block.rows ?? [0, height - 1];
  const columns = block.columns ?? [0, width - 1];
  if (rows[1] >= height || columns[1] >= width) {
    throw new TesseraError(
      'input',
      `The grid has no cell ${rows[1]},${columns[1]}.`,
      `It has ${height} rows and ${width} columns, counted from 0.`,
    );
  }
  const cells: number[] = [];
  for (let row = rows[0]; row <= rows[1]; row++) {
    for (let column = columns[0]; column <= columns[1]; column++) cells.push(row * width + column);
  }
  return cells;
}

/** The cells of a block that can be pinned. A single cell must be one of them, a larger block may have gaps. */
function withToken(grid: TokenGrid, block: Cells): readonly number[] {
  const cells = cellsIn(grid, block);
  const present = cells.filter((cell) => grid.ids[cell] !== MASK);
  if (present.length > 0) return present;
  throw new TesseraError('input', 'There is no token to pin in these cells.', 'Set one first.');
}

const ascending = (cells: readonly number[]): number[] => [...new Set(cells)].sort((a, b) => a - b);
