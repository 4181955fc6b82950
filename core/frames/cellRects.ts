import type { Frame } from './frame.ts';
import type { Rect } from '../base/geometry.ts';
import { intersectRects, isEmptyRect, uniteRects } from '../base/geometry.ts';
import type { Coverage } from '../pixels/picture.ts';

/** The square of a cell, document px. */
export function cellRect({ rect, columns, rows }: Frame, cell: number): Rect {
  const column = cell % columns;
  const row = Math.floor(cell / columns);
  const x = rect.x + firstPixel(rect.width, columns, column);
  const y = rect.y + firstPixel(rect.height, rows, row);
  const right = rect.x + firstPixel(rect.width, columns, column + 1);
  const bottom = rect.y + firstPixel(rect.height, rows, row + 1);
  return { x, y, width: right - x, height: bottom - y };
}

/** Where a column or row begins; whole even in a frame from a file, whose tokens may not be a whole number of px. */
function firstPixel(length: number, cells: number, index: number): number {
  return Math.ceil((index * length) / cells);
}

/** The squares of cells as a selection: 255 in them, as far as they lie on the canvas. */
export function cellsMask(frame: Frame, cells: Iterable<number>, canvas: Rect): Coverage {
  const squares: Rect[] = [];
  for (const cell of cells) {
    const square = intersectRects(cellRect(frame, cell), canvas);
    if (!isEmptyRect(square)) squares.push(square);
  }
  const rect = squares.length > 0 ? squares.reduce(uniteRects) : { ...canvas, width: 0, height: 0 };
  const data = new Uint8Array(rect.width * rect.height);
  for (const { x, y, width, height } of squares) {
    for (let line = y - rect.y; line < y - rect.y + height; line++) {
      const start = line * rect.width + x - rect.x;
      data.fill(255, start, start + width);
    }
  }
  return { rect, data };
}
