import type { Frame } from '../frames/frame.ts';
import { bordersAlong, shiftedAlong, shownAlong, type Stretch } from '../frames/shownAlong.ts';
import { containsRect, intersectRects, isEmptyRect, type Rect } from '../base/geometry.ts';
import { type RasterPatch, TILE, type TileChange } from '../raster/raster.ts';
import { tileRect } from '../raster/tileKey.ts';
import { tileBytes, wordsOf } from '../raster/tile.ts';

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

/** Where a change makes a picture's tile differ. */
interface TileDifference {
  readonly left: number; // document px of the first and the last column and row in which pixels differ
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Whether pixels differ in a rectangle that lies within; its last column and row belong to it. */
  within(left: number, top: number, right: number, bottom: number): boolean;
}

const known = new WeakMap<TileChange, TileDifference | null>();

/** How the tiles of a change differ; null if they are equal. Found once, however many frames ask. */
function tileDifference(change: TileChange): TileDifference | null {
  let difference = known.get(change);
  if (difference === undefined) known.set(change, (difference = compare(change)));
  return difference;
}

function compare({ key, before, after }: TileChange): TileDifference | null {
  const a = wordsOf(tileBytes(before, 4));
  const b = wordsOf(tileBytes(after, 4));
  const { x, y } = tileRect(key);
  let top = 0;
  while (top < TILE && !differs(a, b, 0, top, TILE - 1, top)) top++;
  if (top === TILE) return null;
  let bottom = TILE - 1;
  while (!differs(a, b, 0, bottom, TILE - 1, bottom)) bottom--;
  let left = 0;
  while (!differs(a, b, left, top, left, bottom)) left++;
  let right = TILE - 1;
  while (!differs(a, b, right, top, right, bottom)) right--;
  return {
    left: x + left,
    top: y + top,
    right: x + right,
    bottom: y + bottom,
    within: (fromX, fromY, toX, toY) => differs(a, b, fromX - x, fromY - y, toX - x, toY - y),
  };
}

function differs(
  a: Uint32Array,
  b: Uint32Array,
  left: number,
  top: number,
  right: number,
  bottom: number,
): boolean {
  for (let line = top; line <= bottom; line++) {
    for (let i = line * TILE + left; i <= line * TILE + right; i++) if (a[i] !== b[i]) return true;
  }
  return false;
}
