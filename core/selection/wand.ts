import type { Abort } from '../base/abort.ts';
import { bounds, cropMask } from '../pixels/masks/mask.ts';
import { growRect, intersectRects, isEmptyRect, type Rect } from '../base/geometry.ts';
import type { Raster } from '../raster/raster.ts';
import { sampleAt } from '../raster/flat.ts';
import type { Coverage } from '../pixels/picture.ts';
import { type Distances, distancesFrom } from './distances.ts';
import { flood } from './flood.ts';
import { softenBorder } from './softBorder.ts';

export interface WandOptions {
  readonly tolerance: number; // 0 .. 255, the largest difference of any channel
  readonly contiguous: boolean; // only what hangs together with the pixel
}

/**
 * What has the colour of the pixel at a point (document px), in `canvas`. Its border is soft where the picture's own
 * edges are. Nothing if the point lies outside.
 *
 * @throws TesseraError 'aborted'
 */
export function wand(
  picture: Raster,
  canvas: Rect,
  x: number,
  y: number,
  { tolerance, contiguous }: WandOptions,
  signal?: Abort,
): Coverage {
  const pixel = { x: Math.floor(x), y: Math.floor(y), width: 1, height: 1 };
  if (isEmptyRect(intersectRects(pixel, canvas))) return nothing(canvas);
  const distances = distancesFrom(picture, canvas, sampleAt(picture, x, y));
  const marks = new Uint8Array(distances.data.length);
  const around = contiguous
    ? flood(distances, marks, pixel.x, pixel.y, tolerance, signal)
    : markAll(distances, marks, tolerance, signal);
  if (!around) return nothing(canvas);
  softenBorder(distances, marks, around);
  return part(marks, canvas, intersectRects(growRect(around, 1), canvas));
}

/**
 * What looks like a colour (RGBA), in `canvas`: wholly where it differs by half of `fuzziness` (0 .. 255, the largest
 * difference of any channel), less and less up to all of it.
 *
 * @throws TesseraError 'aborted'
 */
export function colourRange(
  picture: Raster,
  canvas: Rect,
  colour: ArrayLike<number>,
  fuzziness: number,
  signal?: Abort,
): Coverage {
  const { data, measure } = distancesFrom(picture, canvas, colour);
  measure(canvas, signal);
  const amounts = Uint8Array.from({ length: 256 }, (_, distance) => falloff(distance, fuzziness));
  for (let i = 0; i < data.length; i++) data[i] = amounts[data[i]!]!;
  const around = bounds({ width: canvas.width, height: canvas.height, data });
  return around ? part(data, canvas, moved(around, canvas)) : nothing(canvas);
}

/** 255 up to half of the fuzziness, then smoothly down to 0 just beyond it. */
function falloff(distance: number, fuzziness: number): number {
  const t = Math.min(1, Math.max(0, (fuzziness + 1 - distance) / (fuzziness / 2 + 1)));
  return Math.round(255 * t * t * (3 - 2 * t));
}

function markAll(distances: Distances, marks: Uint8Array, tolerance: number, signal?: Abort): Rect | null {
  const { rect, data, measure } = distances;
  const most = Math.floor(tolerance) + 1;
  measure(rect, signal);
  // 255 where the difference is below 0, without a branch.
  for (let i = 0; i < data.length; i++) marks[i] = ((data[i]! - most) >> 31) & 255;
  const around = bounds({ width: rect.width, height: rect.height, data: marks });
  return around && moved(around, rect);
}

function part(data: Uint8Array, canvas: Rect, rect: Rect): Coverage {
  if (rect.width === canvas.width && rect.height === canvas.height) return { rect: canvas, data };
  const { width, height } = canvas;
  const mask = cropMask({ width, height, data }, { ...rect, x: rect.x - canvas.x, y: rect.y - canvas.y });
  return { rect, data: mask.data };
}

function moved(rect: Rect, { x, y }: Rect): Rect {
  return { ...rect, x: rect.x + x, y: rect.y + y };
}

function nothing({ x, y }: Rect): Coverage {
  return { rect: { x, y, width: 0, height: 0 }, data: new Uint8Array() };
}
