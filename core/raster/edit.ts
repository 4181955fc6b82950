import type { Rect } from '../base/geometry.ts';
import { intersectRects } from '../base/geometry.ts';
import type { Raster, RasterPatch, TileChange, TileKey } from './raster.ts';
import { copyTile, settleTile } from './tile.ts';
import { tileRect, tilesTouching } from './tileKey.ts';

/**
 * Changes a tile's bytes in place, in the rectangle `inside` alone, and says whether any differ then. All rectangles
 * are document px; `own` is the tile's.
 */
export type EditTile = (tile: Uint8Array, own: Rect, inside: Rect) => boolean;

/** The patch that an edit of the tiles under `rect` makes; what lies outside the raster's rectangle stays zero. */
export function editTiles(raster: Raster, rect: Rect, edit: EditTile): RasterPatch {
  const target = intersectRects(rect, raster.rect);
  const changes: TileChange[] = [];
  for (const key of tilesTouching(target)) {
    const change = editTile(raster, key, target, edit);
    if (change) changes.push(change);
  }
  return { changes };
}

/** The change that an edit of one tile makes within `target`, which lies in the raster; null if there is none. */
export function editTile(raster: Raster, key: TileKey, target: Rect, edit: EditTile): TileChange | null {
  const before = raster.tiles.get(key) ?? null;
  const tile = copyTile(before, raster.channels);
  const own = tileRect(key);
  if (!edit(tile, own, intersectRects(own, target))) return null;
  return changeOf(key, before, settleTile(tile, raster.channels));
}

/** A change from one tile to another, unless they are one. */
export function changeOf(
  key: TileKey,
  before: TileChange['before'],
  after: TileChange['after'],
): TileChange | null {
  return before === after ? null : { key, before, after };
}
