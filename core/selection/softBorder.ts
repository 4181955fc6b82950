import type { Rect } from '../base/geometry.ts';
import { growRect, intersectRects } from '../base/geometry.ts';
import type { Distances } from './distances.ts';

/**
 * Covers the pixels that touch what is marked by a side, as far as they are of its colour: where two colours meet, a
 * picture's own anti-aliasing leaves a mixture of both. The other colour is the most distant one around the pixel, so an
 * edge that is hard in the picture stays hard. Pixels that are marked stay as they are.
 *
 * @param marks [height, width] of the distances, 255 or 0
 * @param around rectangle of all marks, document px
 */
export function softenBorder(distances: Distances, marks: Uint8Array, around: Rect): void {
  const { rect } = distances;
  distances.measure(growRect(around, 2));
  const area = intersectRects(growRect(around, 1), rect);
  // A row is written when the next one has looked at its marks.
  let above = new Uint8Array(area.width);
  let row = new Uint8Array(area.width);
  for (let y = area.y; y < area.y + area.height; y++) {
    softenRow(distances, marks, area, y, row);
    if (y > area.y) addRow(marks, rect, area, y - 1, above);
    [above, row] = [row, above];
  }
  addRow(marks, rect, area, area.y + area.height - 1, above);
}

/** What the unmarked pixels of a row of `area` get. */
function softenRow(distances: Distances, marks: Uint8Array, area: Rect, y: number, row: Uint8Array): void {
  const { rect, data } = distances;
  const { width } = rect;
  const start = (y - rect.y) * width - rect.x;
  const up = y > rect.y ? width : 0;
  const down = y + 1 < rect.y + rect.height ? width : 0;
  row.fill(0);
  for (let x = area.x; x < area.x + area.width; x++) {
    const i = start + x;
    const left = x > rect.x ? 1 : 0;
    const right = x + 1 < rect.x + width ? 1 : 0;
    const near = marks[i - left]! | marks[i + right]! | marks[i - up]! | marks[i + down]!;
    if ((near & ~marks[i]!) === 0) continue;
    const own = data[i]!;
    const other = farthestAround(data, rect, x, y);
    if (other > own) row[x - area.x] = (255 * (other - own)) / other;
  }
}

function addRow(marks: Uint8Array, rect: Rect, area: Rect, y: number, row: Uint8Array): void {
  const start = (y - rect.y) * rect.width + area.x - rect.x;
  for (let x = 0; x < row.length; x++) marks[start + x]! |= row[x]!;
}

/** The largest distance of a pixel and its eight neighbours. */
function farthestAround(data: Uint8Array, rect: Rect, x: number, y: number): number {
  let most = 0;
  for (let v = Math.max(rect.y, y - 1); v <= Math.min(rect.y + rect.height - 1, y + 1); v++) {
    for (let u = Math.max(rect.x, x - 1); u <= Math.min(rect.x + rect.width - 1, x + 1); u++) {
      most = Math.max(most, data[(v - rect.y) * rect.width + u - rect.x]!);
    }
  }
  return most;
}
