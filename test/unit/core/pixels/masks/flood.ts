import type { Mask } from '../../../../../core/pixels/masks/mask.ts';
import { fullRect, type Rect } from '../../../../../core/base/geometry.ts';

/** Connected parts by flood fill, as lists of pixels. */
function flood({ width, height, data }: Mask): number[][] {
  const seen = new Uint8Array(data.length);
  const parts: number[][] = [];
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0 || seen[start] === 1) continue;
    const part = [start];
    seen[start] = 1;
    for (const i of part) {
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const x = (i % width) + dx;
          const y = Math.floor(i / width) + dy;
          const j = y * width + x;
          if (x < 0 || y < 0 || x >= width || y >= height || data[j] === 0 || seen[j] === 1) continue;
          seen[j] = 1;
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
  const { x, y } = fullRect(mask);
  return flood(mask).map((part) => {
    const xs = part.map((i) => i % mask.width).sort((a, b) => a - b);
    const ys = part.map((i) => Math.floor(i / mask.width)).sort((a, b) => a - b);
    const [left, top, right, bottom] = [xs[0]!, ys[0]!, xs.at(-1)!, ys.at(-1)!];
    return { x: x + left, y: y + top, width: right - left + 1, height: bottom - top + 1 };
  });
}
