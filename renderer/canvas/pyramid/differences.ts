import type { Rect } from '../../../core/pixels/picture.ts';
import { containsRect, intersectRects } from '../../../core/pixels/rect.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import { tileRect } from '../../../core/raster/tileKey.ts';

/** Where two rasters differ, tile by tile; also where the border of their rectangle runs through a tile differently. */
export function* differences(a: Raster, b: Raster): Generator<Rect> {
  const moved = a.rect !== b.rect;
  for (const [key, tile] of b.tiles) {
    const rect = tileRect(key);
    if (a.tiles.get(key) !== tile || (moved && !sameBorder(rect, a.rect, b.rect))) yield rect;
  }
  for (const key of a.tiles.keys()) if (!b.tiles.has(key)) yield tileRect(key);
}

function sameBorder(tile: Rect, a: Rect, b: Rect): boolean {
  if (containsRect(a, tile) && containsRect(b, tile)) return true;
  const [before, after] = [intersectRects(tile, a), intersectRects(tile, b)];
  return containsRect(before, after) && containsRect(after, before);
}
