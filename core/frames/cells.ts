import type { Rect } from '../base/geometry.ts';
import { growRect, intersectRects } from '../base/geometry.ts';
import type { Frame } from './frame.ts';

/** The smallest rectangle (in tokens) of a frame that holds all `cells` (flat indices, at least one). */
export function cellBounds(cells: ArrayLike<number>, frame: Pick<Frame, 'columns'>): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < cells.length; i++) {
    const column = cells[i]! % frame.columns;
    const row = Math.floor(cells[i]! / frame.columns);
    left = Math.min(left, column);
    right = Math.max(right, column);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** `cells` (a rectangle in tokens) with `margin` tokens more on each side, as far as the frame goes. */
export function growCells(cells: Rect, margin: number, { columns, rows }: Frame): Rect {
  return intersectRects(growRect(cells, margin), { x: 0, y: 0, width: columns, height: rows });
}

/** Where a rectangle of a frame's cells (in tokens) lies in the picture (picture px). */
export function cellsInPicture(cells: Rect, { rect, columns }: Frame): Rect {
  const unit = rect.width / columns; // picture px per token
  return {
    x: rect.x + cells.x * unit,
    y: rect.y + cells.y * unit,
    width: cells.width * unit,
    height: cells.height * unit,
  };
}

/** The cell of a frame at a place of the document (px, also broken numbers); null where the frame has none. */
export function cellAt({ rect, columns, rows }: Frame, x: number, y: number): number | null {
  const column = Math.floor(((x - rect.x) * columns) / rect.width);
  const row = Math.floor(((y - rect.y) * rows) / rect.height);
  if (column < 0 || column >= columns || row < 0 || row >= rows) return null;
  return row * columns + column;
}
