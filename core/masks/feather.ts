import { bounds } from './bounds.ts';
import { distanceInside } from './distance.ts';
import type { Mask } from './mask.ts';

/**
 * Softens a selection inwards: alpha rises (smoothstep) from its border to full at `radius` px inside. No pixel gets
 * more than it had, and none outside gets anything. At the edge of the picture there is no border to soften.
 */
export function featherInward(mask: Mask, radius: number): Mask {
  const data = mask.data.slice();
  const rect = radius > 0 ? bounds(mask) : null;
  if (rect) {
    const left = Math.max(0, rect.x - 1);
    const top = Math.max(0, rect.y - 1);
    const width = Math.min(mask.width, rect.x + rect.width + 1) - left;
    const height = Math.min(mask.height, rect.y + rect.height + 1) - top;
    const distances = distanceInside(mask, { x: left, y: top, width, height });
    for (let y = 0; y < height; y++) {
      const row = (top + y) * mask.width + left;
      for (let x = 0; x < width; x++) {
        // A pixel's distance is counted from its middle, the border lies half a pixel before it.
        const t = (distances[y * width + x]! - 0.5) / radius;
        if (t < 1) data[row + x] = Math.round(data[row + x]! * (t <= 0 ? 0 : t * t * (3 - 2 * t)));
      }
    }
  }
  return { width: mask.width, height: mask.height, data };
}
