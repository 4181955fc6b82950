import type { Rect } from '../../../core/base/geometry.ts';

/** The smallest rectangle of cells (tokens) outside which two arrays of a value per cell are the same; null if they all are. */
export function changedBounds(a: ArrayLike<number>, b: ArrayLike<number>, columns: number): Rect | null {
  let [left, top, right, bottom] = [columns, -1, -1, -1];
  for (let cell = 0, column = 0, row = 0; cell < a.length; cell++) {
    if (a[cell] !== b[cell]) {
      if (top < 0) top = row;
      bottom = row;
      if (column < left) left = column;
      if (column > right) right = column;
    }
    if (++column === columns) [column, row] = [0, row + 1];
  }
  return top < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
