import { TILE } from '../../../../../core/raster/raster.ts';
import type { Rect } from '../../../../../core/base/geometry.ts';
import type { Painter } from '../../../../../renderer/canvas/pyramid/painter.ts';

/** A surface of numbers, [TILE, TILE]. */
export type Numbers = Float64Array;

/** What rough samples are marked with, so that tests tell them from what was built. */
export const ROUGH = 1000;

/** Paints selections into numbers, and counts how many px it was asked for. */
export class NumberPainter implements Painter<Numbers> {
  painted = 0; // px of tiles
  created = 0;

  create = (): Numbers => {
    this.created++;
    return new Float64Array(TILE * TILE);
  };

  paint: Painter<Numbers>['paint'] = (surface, { tile, part }) => {
    this.painted += part.width * part.height;
    eachPixel(part, (x, y) => (surface[y * TILE + x] = tile[y * TILE + x]!));
  };

  paintHalf: Painter<Numbers>['paintHalf'] = (surface, { tile, part }, quadrant) => {
    this.painted += part.width * part.height;
    halve(surface, tile, quadrant, part);
  };

  shrink: Painter<Numbers>['shrink'] = halve;

  clear: Painter<Numbers>['clear'] = (surface, part) => {
    eachPixel(part, (x, y) => (surface[y * TILE + x] = 0));
  };

  rough: Painter<Numbers>['rough'] = (surface, tiles) => {
    for (const { tile, x, y, side } of tiles) {
      eachPixel({ x, y, width: side, height: side }, (px, py) => {
        surface[py * TILE + px] = ROUGH + tile.at(-1)!;
      });
    }
  };
}

function halve(surface: Numbers, source: ArrayLike<number>, quadrant: number, part: Rect): void {
  if ([part.x, part.y, part.width, part.height].some((n) => n % 2 !== 0)) throw new Error('odd part');
  const half = TILE / 2;
  const [left, top] = [(quadrant & 1) * half, (quadrant >> 1) * half];
  eachPixel({ x: part.x / 2, y: part.y / 2, width: part.width / 2, height: part.height / 2 }, (x, y) => {
    const at = 2 * y * TILE + 2 * x;
    const sum = source[at]! + source[at + 1]! + source[at + TILE]! + source[at + TILE + 1]!;
    surface[(top + y) * TILE + left + x] = sum / 4;
  });
}

function eachPixel({ x, y, width, height }: Rect, act: (x: number, y: number) => void): void {
  for (let row = y; row < y + height; row++)
    for (let column = x; column < x + width; column++) act(column, row);
}
