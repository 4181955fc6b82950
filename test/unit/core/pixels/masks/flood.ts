import { bounds } from '../../../../../core/pixels/masks/bounds.ts';
import type { Mask } from '../../../../../core/pixels/masks/mask.ts';
import type { Rect } from '../../../../../core/base/geometry.ts';

/** Connected parts by flood fill, as lists of pixels. */
function flood({ width, height, data }: Mask): number[][] {
  const seen = new Set<number>();
  const parts: number[][] = [];
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0 || seen.has(start)) continue;
    const part = [start];
    seen.add(start);
    for (const i of part) {
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const x = (i % width) + dx;
          const y = Math.floor(i / width) + dy;
          const j = y * width + x;
          if (x < 0 || y < 0 || x >= width || y >= height || data[j] === 0 || seen.has(j)) continue;
          seen.add(j);
          part.push(j);
        }
      }
    }
    parts.push(part);
  }
  return parts;
}

/** The bounds of the connected parts (by sides and corners) of a mask, in the order of their first pixel. */
export function partsByFlood(mask: Mask): Rect[] {
  return flood(mask).map((part) => {
    const only = new Uint8Array(mask.data.length);
    for (const i of part) only[i] = 255;
    return bounds({ ...mask, data: only })!;
  });
}
