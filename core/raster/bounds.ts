import type { Rect } from '../base/geometry.ts';
import { containsRect, intersectRects, uniteRects } from '../base/geometry.ts';
import { TILE, type Raster, type Tile } from './raster.ts';
import { FULL_TILE, wordsOf } from './tile.ts';
import { tileRect } from './tileKey.ts';

const WORDS = TILE / 4; // per row of a selection

/**
 * The smallest rectangle around all pixels of a selection that are not 0, document px; null if there are none. Only
 * tiles that can widen it are read.
 */
export function boundsOf({ rect, tiles }: Raster): Rect | null {
  let bounds: Rect | null = null;
  for (const [key, tile] of tiles) {
    if (tile === FULL_TILE) bounds = united(bounds, intersectRects(tileRect(key), rect));
  }
  for (const [key, tile] of tiles) {
    if (tile === FULL_TILE) continue;
    const own = tileRect(key);
    if (!bounds || !containsRect(bounds, intersectRects(own, rect)))
      bounds = united(bounds, inTile(tile, own));
  }
  return bounds;
}

/** Whether nothing is selected. */
export function isEmpty({ tiles }: Raster): boolean {
  for (const tile of tiles.values()) {
    if (tile === FULL_TILE || wordsOf(tile).some((word) => word !== 0)) return false;
  }
  return true;
}

function united(a: Rect | null, b: Rect | null): Rect | null {
  return a && b ? uniteRects(a, b) : (a ?? b);
}

function inTile(tile: Tile, own: Rect): Rect | null {
  const words = wordsOf(tile);
  let left = TILE;
  let right = -1;
  let top = -1;
  let bottom = -1;
  for (let y = 0; y < TILE; y++) {
    const row = y * WORDS;
    let first = row;
    while (first < row + WORDS && words[first] === 0) first++;
    if (first === row + WORDS) continue;
    let last = row + WORDS - 1;
    while (words[last] === 0) last--;
    if (top < 0) top = y;
    bottom = y;
    left = Math.min(left, firstSelected(tile, first * 4) - y * TILE);
    right = Math.max(right, lastSelected(tile, last * 4 + 3) - y * TILE);
  }
  if (top < 0) return null;
  return { x: own.x + left, y: own.y + top, width: right - left + 1, height: bottom - top + 1 };
}

function firstSelected(tile: Tile, from: number): number {
  let i = from;
  while (tile[i] === 0) i++;
  return i;
}

function lastSelected(tile: Tile, from: number): number {
  let i = from;
  while (tile[i] === 0) i--;
  return i;
}
