import type { Rect } from '../base/geometry.ts';
import { containsRect, intersectRects, isEmptyRect } from '../base/geometry.ts';
import { changeOf } from './edit.ts';
import { applyPatch } from './patch.ts';
import type { Channels, Raster, RasterPatch, Tile, TileChange } from './raster.ts';
import { copyRows } from './rows.ts';
import { copyTile, sameTile, settleTile } from './tile.ts';
import { tileRect } from './tileKey.ts';

/**
 * A raster with another rectangle: nothing moves, what is new is zero, and what lies outside becomes zero. The patch
 * is what that clears, null if nothing; to take it all back, apply its inverse under the old rectangle.
 */
export function withRect(raster: Raster, rect: Rect): { raster: Raster; patch: RasterPatch | null } {
  const patch = containsRect(rect, raster.rect) ? null : clearOutside(raster, rect);
  const resized = { ...raster, rect };
  return patch ? { raster: applyPatch(resized, patch), patch } : { raster: resized, patch: null };
}

function clearOutside({ channels, tiles }: Raster, rect: Rect): RasterPatch | null {
  const changes: TileChange[] = [];
  for (const [key, before] of tiles) {
    const own = tileRect(key);
    if (containsRect(rect, own)) continue;
    const change = changeOf(key, before, keptPart(before, own, intersectRects(own, rect), channels));
    if (change) changes.push(change);
  }
  return changes.length > 0 ? { changes } : null;
}

/** The tile with zeros outside `inside`; the tile itself if that is what it has there. */
function keptPart(tile: Tile, own: Rect, inside: Rect, channels: Channels): Tile | null {
  if (isEmptyRect(inside)) return null;
  const kept = copyTile(null, channels);
  copyRows({ rect: own, data: tile }, { rect: own, data: kept }, inside, channels);
  return sameTile(kept, tile) ? tile : settleTile(kept, channels);
}
