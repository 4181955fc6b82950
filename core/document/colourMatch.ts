import type { Rect } from '../base/geometry.ts';
import { intersectRects, isEmptyRect } from '../base/geometry.ts';
import { sampleAt } from '../raster/flat.ts';
import type { Raster } from '../raster/raster.ts';

/** The line that each channel of a piece is drawn to, levels of 0 to 255: R, G, B. */
export interface ColourMatch {
  readonly gain: readonly [number, number, number];
  readonly offset: readonly [number, number, number];
}

const ACROSS = 96; // samples along each side
const LEAST_SEEN = 16; // samples of which something can be said
const SEEN = 128; // alpha from which a px counts
const MOST_GAIN = 2; // flat surroundings must not make a piece flat, nor busy ones make it harsh

/**
 * Draws the colours of a piece to those of the picture around it: each channel gets the mean and the spread that it has
 * there (Reinhard et al. 2001, "Color transfer between images"). Null where too little is known of either.
 *
 * @param around where the picture is looked at, document px
 * @param strength 0 .. 1; 0 changes nothing
 */
export function matchColours(
  piece: Raster,
  picture: Raster,
  around: Rect,
  strength: number,
): ColourMatch | null {
  const own = statisticsOf(piece, piece.rect);
  const there = statisticsOf(picture, intersectRects(around, picture.rect));
  if (!own || !there) return null;
  const lines = [0, 1, 2].map((c) => {
    const wanted = own.spread[c]! < 1 ? 1 : there.spread[c]! / own.spread[c]!;
    const full = Math.min(MOST_GAIN, Math.max(1 / MOST_GAIN, wanted));
    const gain = 1 + (full - 1) * strength;
    const mean = own.mean[c]! + (there.mean[c]! - own.mean[c]!) * strength;
    return { gain, offset: mean - own.mean[c]! * gain };
  });
  const [red, green, blue] = lines as [(typeof lines)[0], (typeof lines)[0], (typeof lines)[0]];
  return {
    gain: [red.gain, green.gain, blue.gain],
    offset: [red.offset, green.offset, blue.offset],
  };
}

/** What becomes of each level of R, G and B. */
export function matchedTables({ gain, offset }: ColourMatch): readonly Uint8ClampedArray[] {
  return gain.map((by, c) =>
    Uint8ClampedArray.from({ length: 256 }, (_, level) => Math.round(level * by + offset[c]!)),
  );
}

/** Mean and standard deviation of R, G and B, of px that can be seen; sampled. */
function statisticsOf(raster: Raster, rect: Rect): { mean: number[]; spread: number[] } | null {
  if (isEmptyRect(rect)) return null;
  const sum = [0, 0, 0];
  const squares = [0, 0, 0];
  let count = 0;
  const step = { x: Math.max(1, rect.width / ACROSS), y: Math.max(1, rect.height / ACROSS) };
  for (let y = rect.y + step.y / 2; y < rect.y + rect.height; y += step.y) {
    for (let x = rect.x + step.x / 2; x < rect.x + rect.width; x += step.x) {
      const pixel = sampleAt(raster, x, y);
      if (pixel[3]! < SEEN) continue;
      count++;
      for (let c = 0; c < 3; c++) {
        sum[c]! += pixel[c]!;
        squares[c]! += pixel[c]! ** 2;
      }
    }
  }
  if (count < LEAST_SEEN) return null;
  const mean = sum.map((value) => value / count);
  return { mean, spread: mean.map((value, c) => Math.sqrt(Math.max(0, squares[c]! / count - value ** 2))) };
}
