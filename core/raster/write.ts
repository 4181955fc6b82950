import { TesseraError } from '../base/errors.ts';
import type { Rect } from '../base/geometry.ts';
import { containsRect, intersectRects } from '../base/geometry.ts';
import { changeOf, editTile, editTiles } from './edit.ts';
import { TILE, type Raster, type RasterPatch, type Tile, type TileChange } from './raster.ts';
import { copyRows, fillRows, sameRows } from './rows.ts';
import { FULL_TILE } from './tile.ts';
import { tileRect, tilesTouching } from './tileKey.ts';

/** Writes pixels, [height, width, channels] of `rect`; what falls outside the raster is left out. */
export function writeRect(raster: Raster, rect: Rect, data: Uint8Array): RasterPatch {
  const { channels } = raster;
  if (data.length !== rect.width * rect.height * channels) {
    throw new TesseraError(
      'internal',
      `${data.length} bytes are no ${rect.width} x ${rect.height} px of ${channels} channels.`,
    );
  }
  const flat = { rect, data };
  return editTiles(raster, rect, (tile, own, inside) => {
    const rows = { rect: own, data: tile };
    if (sameRows(flat, rows, inside, channels)) return false;
    copyRows(flat, rows, inside, channels);
    return true;
  });
}

/** Fills a rectangle of a selection with one value, 0 to 255. Tiles inside it share one tile, so size costs little. */
export function fillRect(raster: Raster, rect: Rect, value: number): RasterPatch {
  if (raster.channels !== 1) throw new TesseraError('internal', 'Only selections are filled with one value.');
  const target = intersectRects(rect, raster.rect);
  const whole = uniformTile(value);
  const changes: TileChange[] = [];
  for (const key of tilesTouching(target)) {
    const change = containsRect(target, tileRect(key))
      ? changeOf(key, raster.tiles.get(key) ?? null, whole)
      : editTile(raster, key, target, (data, rect, inside) => fillRows({ rect, data }, inside, value, 1));
    if (change) changes.push(change);
  }
  return { changes };
}

function uniformTile(value: number): Tile | null {
  if (value === 0) return null;
  return value === 255 ? FULL_TILE : new Uint8Array(TILE * TILE).fill(value);
}
