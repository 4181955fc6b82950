import { TILE, type TileChange } from '../raster/raster.ts';
import { tileBytes, wordsOf } from '../raster/tile.ts';
import { tileRect } from '../raster/tileKey.ts';

/** Where a change makes a picture's tile differ. */
export interface TileDifference {
  readonly left: number; // document px of the first and the last column and row in which pixels differ
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Whether pixels differ in a rectangle that lies within; its last column and row belong to it. */
  within(left: number, top: number, right: number, bottom: number): boolean;
}

const known = new WeakMap<TileChange, TileDifference | null>();

/** How the tiles of a change differ; null if they are equal. Found once, however many frames ask. */
export function tileDifference(change: TileChange): TileDifference | null {
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
