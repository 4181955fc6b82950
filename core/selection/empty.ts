import type { Rect } from '../base/geometry.ts';
import { containsRect, intersectRects } from '../base/geometry.ts';
import { changeOf } from '../raster/edit.ts';
import { TILE, type Raster, type RasterPatch, type Tile, type TileChange } from '../raster/raster.ts';
import { FULL_TILE, sameTile, settleTile, tileBytes } from '../raster/tile.ts';
import { tileRect, tilesTouching } from '../raster/tileKey.ts';

/**
 * Selects what is empty in a picture and nothing else: pixels through which one can see, be it ever so little, so that
 * a fill leaves none of them. Both rasters have the same rectangle.
 */
export function selectEmpty(selection: Raster, picture: Raster): RasterPatch {
  const changes: TileChange[] = [];
  for (const key of tilesTouching(selection.rect)) {
    const own = tileRect(key);
    const before = selection.tiles.get(key) ?? null;
    const found = emptyIn(picture.tiles.get(key) ?? null, own, intersectRects(own, selection.rect));
    const change = changeOf(key, before, sameTile(before, found) ? before : found);
    if (change) changes.push(change);
  }
  return { changes };
}

function emptyIn(picture: Tile | null, own: Rect, inside: Rect): Tile | null {
  if (picture === null && containsRect(inside, own)) return FULL_TILE;
  const pixels = tileBytes(picture, 4);
  const tile = new Uint8Array(TILE * TILE);
  for (let y = inside.y - own.y; y < inside.y - own.y + inside.height; y++) {
    const start = y * TILE + inside.x - own.x;
    for (let i = start; i < start + inside.width; i++) if (pixels[4 * i + 3]! < 255) tile[i] = 255;
  }
  return settleTile(tile, 1);
}
