import type { Frame } from '../../../core/frames/frame.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import { intersectRects } from '../../../core/base/geometry.ts';
import { fromDevice, type Device } from '../device.ts';

const GONE = 5; // CSS px of a token below which lines would be all that is seen
const CLEAR = 16; // CSS px from which on they are seen in full

/** How much of the lines between tokens is seen, 0 .. 1, by the side of a token in CSS px. */
export function linesOpacity(side: number): number {
  return Math.min(1, Math.max(0, (side - GONE) / (CLEAR - GONE)));
}

/** The side of a frame's tokens on the screen, CSS px. */
export function sideOnScreen({ rect, columns }: Frame, { scale, ratio }: Device): number {
  return ((rect.width / columns) * scale) / ratio;
}

/** The cells (a rectangle in tokens) of which something lies in an area, device px. */
export function cellsWithin(frame: Frame, device: Device, area: Rect): Rect {
  const { rect, columns, rows } = frame;
  const seen = fromDevice(device, area);
  const left = Math.floor(((seen.x - rect.x) * columns) / rect.width);
  const top = Math.floor(((seen.y - rect.y) * rows) / rect.height);
  const right = Math.ceil(((seen.x + seen.width - rect.x) * columns) / rect.width);
  const bottom = Math.ceil(((seen.y + seen.height - rect.y) * rows) / rect.height);
  const cells = { x: left, y: top, width: right - left, height: bottom - top };
  return intersectRects(cells, { x: 0, y: 0, width: columns, height: rows });
}

/** Where the sides of columns and rows lie, whole device px. */
export interface Lattice {
  readonly x: (column: number) => number;
  readonly y: (row: number) => number;
}

export function latticeOf({ rect, columns, rows }: Frame, device: Device): Lattice {
  const across = (rect.width / columns) * device.scale;
  const down = (rect.height / rows) * device.scale;
  const left = rect.x * device.scale + device.x;
  const top = rect.y * device.scale + device.y;
  return {
    x: (column) => Math.round(left + column * across),
    y: (row) => Math.round(top + row * down),
  };
}

/** A straight segment between two corners of the lattice. */
export type Edge = readonly [column: number, row: number, toColumn: number, toRow: number];

/** The outline of the cells with a mark, among `seen` ones: the sides across which there is no such cell. */
export function* outlineOf(
  marks: Uint8Array,
  mark: number,
  { columns, rows }: Frame,
  seen: Rect,
): Generator<Edge> {
  const has = (column: number, row: number): boolean =>
    column >= 0 &&
    row >= 0 &&
    column < columns &&
    row < rows &&
    (marks[row * columns + column]! & mark) !== 0;
  for (let row = seen.y; row < seen.y + seen.height; row++) {
    for (let column = seen.x; column < seen.x + seen.width; column++) {
      if ((marks[row * columns + column]! & mark) === 0) continue;
      if (!has(column, row - 1)) yield [column, row, column + 1, row];
      if (!has(column, row + 1)) yield [column, row + 1, column + 1, row + 1];
      if (!has(column - 1, row)) yield [column, row, column, row + 1];
      if (!has(column + 1, row)) yield [column + 1, row, column + 1, row + 1];
    }
  }
}
