import { intersectRects, type Rect } from '../base/geometry.ts';
import { empty } from './make.ts';
import { applyPatch } from './patch.ts';
import { type Channels, type Raster, TILE } from './raster.ts';
import { copyRows } from './rows.ts';
import { tileKey, tileRect, tilesTouching } from './tileKey.ts';
import { writeRect } from './write.ts';
import { tileBytes } from './tile.ts';

/** A raster of pixels that lie row by row, [height, width, channels]; they are copied into tiles. */
export function fromFlat(rect: Rect, channels: Channels, data: Uint8Array): Raster {
  const blank = empty(rect, channels);
  return applyPatch(blank, writeRect(blank, rect, data));
}

/** The pixels of a rectangle, [height, width, channels]; zero where the raster has none. */
export function readRect({ channels, tiles }: Raster, rect: Rect): Uint8Array {
  const flat = { rect, data: new Uint8Array(rect.width * rect.height * channels) };
  for (const key of tilesTouching(rect)) {
    const data = tiles.get(key);
    if (!data) continue;
    const own = tileRect(key);
    copyRows({ rect: own, data }, flat, intersectRects(own, rect), channels);
  }
  return flat.data;
}

/** The bytes of the pixel that a point lies in, [channels]; zeros where the raster has none. */
export function sampleAt({ channels, tiles }: Raster, x: number, y: number): Uint8Array {
  const column = Math.floor(x / TILE);
  const row = Math.floor(y / TILE);
  const from = ((Math.floor(y) - row * TILE) * TILE + Math.floor(x) - column * TILE) * channels;
  return tileBytes(tiles.get(tileKey(column, row)), channels).slice(from, from + channels);
}
