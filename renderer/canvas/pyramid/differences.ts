import type { Rect } from '../../../core/base/geometry.ts';
import { containsRect, intersectRects } from '../../../core/base/geometry.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import { tileRect } from '../../../core/raster/tileKey.ts';
import { differingTiles } from '../../../core/raster/tileMap.ts';

/** Where two rasters differ, tile by tile; also where the border of their rectangle runs through a tile differently. */
export function* differences(a: Raster, b: Raster): Generator<Rect> {
  for (const key of differingTiles(a.tiles, b.tiles)) yield tileRect(key);
  if (a.rect === b.rect) return;
  for (const key of b.tiles.keys()) {
    const rect = tileRect(key);
    if (!sameBorder(rect, a.rect, b.rect)) yield rect;
  }
}

function sameBorder(tile: Rect, a: Rect, b: Rect): boolean {
  if (containsRect(a, tile) && containsRect(b, tile)) return true;
  const [before, after] = [intersectRects(tile, a), intersectRects(tile, b)];
  return containsRect(before, after) && containsRect(after, before);
}
