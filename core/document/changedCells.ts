import type { Frame } from '../frames/frame.ts';
import { bordersAlong, shiftedAlong, shownAlong, type Stretch } from '../frames/shownAlong.ts';
import type { Rect } from '../base/geometry.ts';
import { containsRect, intersectRects, isEmptyRect } from '../base/geometry.ts';
import type { RasterPatch, TileChange } from '../raster/raster.ts';
import { tileRect } from '../raster/tileKey.ts';
import { type TileDifference, tileDifference } from './tileDifference.ts';

/** A change of the picture, as far as it decides what frames show. */
export interface PictureChange {
  readonly patch: RasterPatch;
  readonly before: Rect; // the canvas
  readonly after: Rect;
}

/**
 * The cells of a frame that show something else after a change, 1 for each; null if none does. A cell shows the pixels
 * of its square and, where that reaches outside the canvas, those that are mirrored in. Only tiles that the frame shows
 * are looked into.
 */
export function changedCells(frame: Frame, { patch, before, after }: PictureChange): Uint8Array | null {
  const { rect } = frame;
  const inside = containsRect(before, rect) && containsRect(after, rect);
  if (inside && !patch.changes.some((change) => meet(change, rect))) return null;

  const marks = new Uint8Array(frame.columns * frame.rows);
  const columns = bordersAlong(across(rect), frame.columns);
  const rows = bordersAlong(down(rect), frame.rows);
  if (!inside) {
    markCrossing(
      marks,
      shiftedAlong(columns, across(before), across(after)),
      shiftedAlong(rows, down(before), down(after)),
    );
  }
  const shownAcross = shownAlong(columns, across(after));
  const shownDown = shownAlong(rows, down(after));
  for (const change of patch.changes) {
    if (inside && !meet(change, rect)) continue;
    const difference = tileDifference(change);
    if (difference) markChanged(marks, shownAcross, shownDown, difference);
  }
  return marks.includes(1) ? marks : null;
}

const meet = ({ key }: TileChange, rect: Rect): boolean => !isEmptyRect(intersectRects(tileRect(key), rect));

const across = ({ x, width }: Rect): Stretch => ({ start: x, length: width });
const down = ({ y, height }: Rect): Stretch => ({ start: y, length: height });

/** Marks the cells of all columns and of all rows that are flagged. */
function markCrossing(marks: Uint8Array, columns: Uint8Array, rows: Uint8Array): void {
  for (let row = 0, cell = 0; row < rows.length; row++) {
    for (let column = 0; column < columns.length; column++, cell++) {
      if (columns[column] === 1 || rows[row] === 1) marks[cell] = 1;
    }
  }
}

/** Marks the cells that show a pixel in which two tiles differ. */
function markChanged(
  marks: Uint8Array,
  columns: Int32Array,
  rows: Int32Array,
  difference: TileDifference,
): void {
  const count = columns.length / 2;
  for (let row = 0; row < rows.length / 2; row++) {
    const top = Math.max(rows[2 * row]!, difference.top);
    const bottom = Math.min(rows[2 * row + 1]!, difference.bottom);
    if (top > bottom) continue;
    for (let column = 0; column < count; column++) {
      const left = Math.max(columns[2 * column]!, difference.left);
      const right = Math.min(columns[2 * column + 1]!, difference.right);
      if (left > right || marks[row * count + column] === 1) continue;
      if (difference.within(left, top, right, bottom)) marks[row * count + column] = 1;
    }
  }
}
