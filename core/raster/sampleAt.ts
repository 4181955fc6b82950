import { TILE, type Raster } from './raster.ts';
import { tileBytes } from './tile.ts';
import { tileKey } from './tileKey.ts';

/** The bytes of the pixel that a point lies in, [channels]; zeros where the raster has none. */
export function sampleAt({ channels, tiles }: Raster, x: number, y: number): Uint8Array {
  const column = Math.floor(x / TILE);
  const row = Math.floor(y / TILE);
  const from = ((Math.floor(y) - row * TILE) * TILE + Math.floor(x) - column * TILE) * channels;
  return tileBytes(tiles.get(tileKey(column, row)), channels).slice(from, from + channels);
}
