import { TesseraError } from '../base/errors.ts';
import type { Rect } from '../base/geometry.ts';
import { TILE, type Channels, type Raster, type Tile, type TileKey } from './raster.ts';
import { settleTile } from './tile.ts';
import { TileMap } from './tileMap.ts';

/** A raster of zeros: a transparent picture, or a selection of nothing. */
export function empty(rect: Rect, channels: Channels): Raster {
  return { rect, channels, tiles: new TileMap() };
}

/**
 * A raster of given tiles, which are kept, not copied; those that are all zero are left out. Their pixels outside
 * `rect` are zero. Throws 'internal' for a tile of another size.
 */
export function fromTiles(
  rect: Rect,
  channels: Channels,
  tiles: Iterable<{ readonly key: TileKey; readonly tile: Tile }>,
): Raster {
  const kept = new TileMap();
  for (const { key, tile } of tiles) {
    if (tile.length !== TILE * TILE * channels) {
      throw new TesseraError('internal', `A tile of ${channels} channels cannot have ${tile.length} bytes.`);
    }
    const settled = settleTile(tile, channels);
    if (settled) kept.set(key, settled);
  }
  return { rect, channels, tiles: kept };
}
