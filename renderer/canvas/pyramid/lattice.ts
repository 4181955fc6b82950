import type { Rect } from '../../../core/base/geometry.ts';
import { TILE } from '../../../core/raster/raster.ts';

/** Each level halves the one below; level 0 is the picture's own pixels. */
export const TOP_LEVEL = 4; // at the least zoom a screen px is 20 document px

/** A square of the pyramid: TILE x TILE of its own pixels, TILE * 2^level document px a side. */
export interface Square {
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

/** Which part of its parent a square is: 0 top left, 1 top right, 2 bottom left, 3 bottom right. */
export type Quadrant = 0 | 1 | 2 | 3;

/** The coarsest level that still has a pixel for every device px. `scale` is device px per document px. */
export function levelFor(scale: number): number {
  const level = Math.floor(Math.log2(1 / scale) + 1e-6);
  return Math.min(TOP_LEVEL, Math.max(0, level));
}

/** Side of a square, document px. */
export function sideAt(level: number): number {
  return TILE * 2 ** level;
}

export function squareRect({ level, column, row }: Square): Rect {
  const side = sideAt(level);
  return { x: column * side, y: row * side, width: side, height: side };
}

/** The squares of a level that a rectangle (document px) touches, row by row. */
export function squaresTouching(rect: Rect, level: number): Square[] {
  if (rect.width <= 0 || rect.height <= 0) return [];
  const side = sideAt(level);
  const squares: Square[] = [];
  for (let row = Math.floor(rect.y / side); row * side < rect.y + rect.height; row++) {
    for (let column = Math.floor(rect.x / side); column * side < rect.x + rect.width; column++) {
      squares.push({ level, column, row });
    }
  }
  return squares;
}

/** The square that holds this one, `up` levels higher. */
export function ancestor({ level, column, row }: Square, up: number): Square {
  return { level: level + up, column: column >> up, row: row >> up };
}

/** The four squares that make up one, in the order of {@link Quadrant}. */
export function children({ level, column, row }: Square): Square[] {
  return [0, 1, 2, 3].map((quadrant) => ({
    level: level - 1,
    column: column * 2 + (quadrant & 1),
    row: row * 2 + (quadrant >> 1),
  }));
}

/** A rectangle grown to whole pixels of a level, document px. */
export function wholePixels({ x, y, width, height }: Rect, level: number): Rect {
  const pixel = 2 ** level;
  const left = Math.floor(x / pixel) * pixel;
  const top = Math.floor(y / pixel) * pixel;
  const right = Math.ceil((x + width) / pixel) * pixel;
  const bottom = Math.ceil((y + height) / pixel) * pixel;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Where a rectangle (document px) lies in a square, in the square's own px. */
export function pixelsIn(square: Square, rect: Rect): Rect {
  const own = squareRect(square);
  const pixel = 2 ** square.level;
  return {
    x: (rect.x - own.x) / pixel,
    y: (rect.y - own.y) / pixel,
    width: rect.width / pixel,
    height: rect.height / pixel,
  };
}
