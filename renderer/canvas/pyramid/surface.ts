import { TILE } from '../../../core/raster/raster.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import type { Quadrant } from './lattice.ts';

/** A square of pixels that can be drawn, TILE x TILE px. */
export interface Surface {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
}

export function createSurface(side = TILE): Surface {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'low'; // at exactly half the size that is the mean of four pixels
  return { canvas, context };
}

/** Draws part of a surface, px in it and even, at half size into a quadrant of another. */
export function drawHalf(target: Surface, source: Surface, quadrant: Quadrant, part: Rect): void {
  const { x, y, width, height } = halfOf(part, quadrant);
  target.context.clearRect(x, y, width, height);
  target.context.drawImage(source.canvas, part.x, part.y, part.width, part.height, x, y, width, height);
}

/** Where a part of a surface comes to lie in a quadrant of the one above it. */
export function halfOf(part: Rect, quadrant: Quadrant): Rect {
  const half = TILE / 2;
  return {
    x: (quadrant & 1) * half + part.x / 2,
    y: (quadrant >> 1) * half + part.y / 2,
    width: part.width / 2,
    height: part.height / 2,
  };
}
