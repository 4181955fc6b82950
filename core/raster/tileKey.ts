import type { Rect } from '../base/geometry.ts';
import { TILE, type TileKey } from './raster.ts';

const HALF = 1 << 15; // tiles: columns and rows from -32768 to 32767, 8 million px each way
const SPAN = 1 << 16;
const BLOCK = 3; // bits: blocks of 8 x 8 tiles

/** The key of the tile in a column and row of the lattice. */
export function tileKey(column: number, row: number): TileKey {
  return (row + HALF) * SPAN + (column + HALF);
}

/** The rectangle of a tile, document px. */
export function tileRect(key: TileKey): Rect {
  const column = (key % SPAN) - HALF;
  const row = Math.floor(key / SPAN) - HALF;
  return { x: column * TILE, y: row * TILE, width: TILE, height: TILE };
}

/** The keys of all tiles that a rectangle touches, row by row. An empty rectangle touches none. */
export function* tilesTouching({ x, y, width, height }: Rect): Generator<TileKey> {
  if (width <= 0 || height <= 0) return;
  const right = Math.floor((x + width - 1) / TILE);
  const bottom = Math.floor((y + height - 1) / TILE);
  for (let row = Math.floor(y / TILE); row <= bottom; row++) {
    for (let column = Math.floor(x / TILE); column <= right; column++) yield tileKey(column, row);
  }
}

/** Which block of the lattice a tile lies in. */
export function blockOfTile(key: TileKey): number {
  return ((key / SPAN) >> BLOCK) * (SPAN >> BLOCK) + ((key % SPAN) >> BLOCK);
}
