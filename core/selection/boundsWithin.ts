import { bounds } from '../pixels/masks/mask.ts';
import type { Rect } from '../base/geometry.ts';
import { containsRect, intersectRects, isEmptyRect, uniteRects } from '../base/geometry.ts';
import { readRect } from '../raster/flat.ts';
import type { Raster, Tile } from '../raster/raster.ts';
import { tileRect, tilesTouching } from '../raster/tileKey.ts';
import { partsOfTile } from './tileParts.ts';

/**
 * The smallest rectangle around what is selected in `rect`, document px; null if nothing is. Of tiles that lie in it
 * wholly each is looked into once.
 */
export function boundsWithin(selection: Raster, rect: Rect): Rect | null {
  const area = intersectRects(rect, selection.rect);
  let all: Rect | null = null;
  for (const key of tilesTouching(area)) {
    const tile = selection.tiles.get(key);
    if (!tile) continue;
    const own = tileRect(key);
    const found = containsRect(rect, own)
      ? boundsInTile(tile, own)
      : boundsInPart(selection, intersectRects(own, area));
    if (found) all = all ? uniteRects(all, found) : found;
  }
  return all;
}

function boundsInTile(tile: Tile, own: Rect): Rect | null {
  let all: Rect | null = null;
  for (const { left, top, right, bottom } of partsOfTile(tile).extents) {
    const part = { x: own.x + left, y: own.y + top, width: right - left, height: bottom - top };
    all = all ? uniteRects(all, part) : part;
  }
  return all;
}

function boundsInPart(selection: Raster, part: Rect): Rect | null {
  if (isEmptyRect(part)) return null;
  const found = bounds({ width: part.width, height: part.height, data: readRect(selection, part) });
  return found && { ...found, x: found.x + part.x, y: found.y + part.y };
}
