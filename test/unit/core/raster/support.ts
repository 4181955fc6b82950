import fc from 'fast-check';
import type { Rect } from '../../../../core/base/geometry.ts';
import { fromFlat } from '../../../../core/raster/flat.ts';
import type { Channels, Raster } from '../../../../core/raster/raster.ts';
import { noiseMask, stream } from '../pixels/random.ts';

/** Rectangles of up to `most` px a side that cross borders of tiles, also the one at 0. */
export function rects(most = 300): fc.Arbitrary<Rect> {
  return fc.record({
    x: fc.integer({ min: -280, max: 280 }),
    y: fc.integer({ min: -280, max: 280 }),
    width: fc.integer({ min: 1, max: most }),
    height: fc.integer({ min: 1, max: most }),
  });
}

/** Bytes of any value for a rectangle; a third of them zero. */
export function noiseBytes({ width, height }: Rect, channels: Channels, seed: number): Uint8Array {
  const next = stream(seed);
  const zero = next() / 1.5;
  return Uint8Array.from({ length: width * height * channels }, () =>
    next() < zero ? 0 : Math.floor(next() * 256),
  );
}

export function noiseRaster(rect: Rect, channels: Channels, seed: number): Raster {
  return fromFlat(rect, channels, noiseBytes(rect, channels, seed));
}

/** Boxes and specks. */
export function noiseSelection(rect: Rect, seed: number): Raster {
  return fromFlat(rect, 1, noiseMask(rect.width, rect.height, seed).data);
}

export function forEachPixel(rect: Rect, visit: (x: number, y: number) => void): void {
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    for (let x = rect.x; x < rect.x + rect.width; x++) visit(x, y);
  }
}

export function isInside({ x, y, width, height }: Rect, px: number, py: number): boolean {
  return px >= x && px < x + width && py >= y && py < y + height;
}
