import type { Rect } from '../../../core/base/geometry.ts';

interface Size {
  readonly width: number; // px
  readonly height: number; // px
}

/** Heights of the candidates' thumbnails, CSS px. */
export const CANDIDATE_HEIGHT = { normal: 96, large: 208 } as const;

/** Writes the RGBA of one document px into `into`. Bytes have straight alpha. */
export type PixelSource = (x: number, y: number, into: Uint8Array) => void;

const SAMPLES = 2; // per side of a thumbnail's px: as good as a mean at this size, whatever the picture's

/** A region of a document as a small picture, [height, width, 4]; what lies between the samples is not looked at. */
export function thumbnail(
  region: Rect,
  { width, height }: Size,
  source: PixelSource,
): Uint8ClampedArray<ArrayBuffer> {
  const data = new Uint8ClampedArray(width * height * 4);
  const pixel = new Uint8Array(4);
  const across = region.width / width; // document px per thumbnail px
  const down = region.height / height;
  const perSide = Math.max(1, Math.min(SAMPLES, Math.round(Math.max(across, down))));
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = (row * width + column) * 4;
      let red = 0;
      let green = 0;
      let blue = 0;
      let alpha = 0;
      for (let i = 0; i < perSide; i++) {
        const y = Math.floor(region.y + (row + (i + 0.5) / perSide) * down);
        for (let j = 0; j < perSide; j++) {
          source(Math.floor(region.x + (column + (j + 0.5) / perSide) * across), y, pixel);
          const weight = pixel[3]!;
          red += pixel[0]! * weight;
          green += pixel[1]! * weight;
          blue += pixel[2]! * weight;
          alpha += weight;
        }
      }
      if (alpha === 0) continue;
      data[at] = red / alpha;
      data[at + 1] = green / alpha;
      data[at + 2] = blue / alpha;
      data[at + 3] = alpha / (perSide * perSide);
    }
  }
  return data;
}
