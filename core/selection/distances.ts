import { type Abort, throwIfAborted } from '../base/abort.ts';
import type { Rect } from '../base/geometry.ts';
import { intersectRects } from '../base/geometry.ts';
import { TILE, type Raster } from '../raster/raster.ts';
import { offsetOf } from '../raster/rows.ts';
import { wordsOf } from '../raster/tile.ts';
import { tileKey, tileRect } from '../raster/tileKey.ts';

/** How far the colours of a picture are from one colour, measured tile by tile where it is asked for. */
export interface Distances {
  readonly rect: Rect; // document px
  readonly data: Uint8Array; // [height, width], the largest difference of any channel; valid where measured
  /** Measures the tiles under the pixels from `from` to before `to` of row `y`, those that were not measured yet. */
  readonly measureRun: (from: number, to: number, y: number) => void;
  /** Measures the tiles under a rectangle, what of it lies in `rect`. */
  readonly measure: (rect: Rect, signal?: Abort) => void;
}

/**
 * Distances of the pixels in `rect` from an RGBA colour. Where either is wholly transparent, their alphas alone differ:
 * the colour of nothing has no meaning.
 */
export function distancesFrom(picture: Raster, rect: Rect, colour: ArrayLike<number>): Distances {
  const data = new Uint8Array(rect.width * rect.height);
  const left = Math.floor(rect.x / TILE);
  const top = Math.floor(rect.y / TILE);
  const columns = Math.floor((rect.x + rect.width - 1) / TILE) - left + 1;
  const rows = Math.floor((rect.y + rect.height - 1) / TILE) - top + 1;
  const measured = new Uint8Array(columns * rows);

  const measureRun = (from: number, to: number, y: number): void => {
    const row = Math.floor(y / TILE);
    const last = Math.floor((to - 1) / TILE);
    for (let column = Math.floor(from / TILE); column <= last; column++) {
      const tile = (row - top) * columns + column - left;
      if (measured[tile] === 1) continue;
      measured[tile] = 1;
      measureTile(picture, tileKey(column, row), rect, data, colour);
    }
  };
  const measure = (part: Rect, signal?: Abort): void => {
    const { x, y, width, height } = intersectRects(part, rect);
    for (let row = y; row < y + height; row = (Math.floor(row / TILE) + 1) * TILE) {
      throwIfAborted(signal);
      if (width > 0) measureRun(x, x + width, row);
    }
  };
  return { rect, data, measureRun, measure };
}

function measureTile(
  picture: Raster,
  key: number,
  rect: Rect,
  data: Uint8Array,
  colour: ArrayLike<number>,
): void {
  const own = tileRect(key);
  const inside = intersectRects(own, rect);
  const tile = picture.tiles.get(key);
  const words = tile && wordsOf(tile);
  for (let y = inside.y; y < inside.y + inside.height; y++) {
    const to = offsetOf({ rect, data }, inside.x, y, 1);
    const from = (y - own.y) * TILE + inside.x - own.x;
    if (words) measureRow(words, from, data, to, inside.width, colour);
    else data.fill(colour[3]!, to, to + inside.width);
  }
}

/** Without branches on colours, which no processor can foretell. */
function measureRow(
  words: Uint32Array, // RGBA, R lowest
  from: number,
  data: Uint8Array,
  to: number,
  count: number,
  colour: ArrayLike<number>,
): void {
  const r = colour[0]!;
  const g = colour[1]!;
  const b = colour[2]!;
  const a = colour[3]!;
  for (let i = from, j = to; j < to + count; i++, j++) {
    const word = words[i]! | 0;
    const alpha = word >>> 24;
    let distance = magnitude(alpha - a);
    if (alpha !== 0 && a !== 0) {
      distance = larger(distance, magnitude((word & 255) - r));
      distance = larger(distance, magnitude(((word >> 8) & 255) - g));
      distance = larger(distance, magnitude(((word >> 16) & 255) - b));
    }
    data[j] = distance;
  }
}

function magnitude(value: number): number {
  const sign = value >> 31;
  return (value ^ sign) - sign;
}

function larger(a: number, b: number): number {
  const less = a - b;
  return a - (less & (less >> 31));
}
