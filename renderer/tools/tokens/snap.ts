import type { GridPlace } from './places.ts';

/** The place nearest to `to` that lies straight or diagonally from `from`. */
export function inEighths(from: GridPlace, to: GridPlace): GridPlace {
  const columns = to.column - from.column;
  const rows = to.row - from.row;
  const [across, down] = [Math.abs(columns), Math.abs(rows)];
  if (across > 2 * down) return { column: to.column, row: from.row };
  return down > 2 * across ? { column: from.column, row: to.row } : evenSides(from, to);
}

/** The corner of a square as large as the longer side. */
export function evenSides(from: GridPlace, to: GridPlace): GridPlace {
  const columns = to.column - from.column;
  const rows = to.row - from.row;
  const side = Math.max(Math.abs(columns), Math.abs(rows));
  return {
    column: from.column + (columns < 0 ? -side : side),
    row: from.row + (rows < 0 ? -side : side),
  };
}
