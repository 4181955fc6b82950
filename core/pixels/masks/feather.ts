import type { Rect } from '../../base/geometry.ts';
import { fullRect, growRect, intersectRects } from '../../base/geometry.ts';
import { bounds, cropMask, type Mask } from './mask.ts';
import { distanceInside } from './distance.ts';
import type { LabelledRuns } from './labels.ts';
import { labelRuns } from './labels.ts';

/**
 * Softens a selection inwards: alpha rises (smoothstep) from its border to full at `radius` px inside, or half-way to
 * its deepest pixel where that is nearer, so that a thin stroke does not fade away (each connected part for itself).
 * No pixel gets more than it had, none outside gets anything, and at the edge of the picture there is no border.
 */
export function featherInward(mask: Mask, radius: number): Mask {
  const data = mask.data.slice();
  const selected = radius > 0 ? bounds(mask) : null;
  if (selected) {
    // One unselected pixel around it is enough to measure from.
    const rect = intersectRects(growRect(selected, 1), fullRect(mask));
    // Depth matters up to where it stops narrowing the ramp.
    const distances = distanceInside(mask, rect, 2 * radius);
    const runs = labelRuns(cropMask(mask, rect));
    soften(data, mask.width, rect, runs, distances, depthsOf(runs, rect, distances), radius);
  }
  return { width: mask.width, height: mask.height, data };
}

/** The largest distance in each connected part. */
function depthsOf(
  { rows, from, to, labels, count }: LabelledRuns,
  rect: Rect,
  distances: Float64Array,
): Float64Array {
  const depths = new Float64Array(count);
  for (let y = 0; y < rect.height; y++) {
    for (let r = rows[y]!; r < rows[y + 1]!; r++) {
      let depth = depths[labels[r]!]!;
      for (let x = from[r]!; x < to[r]!; x++) depth = Math.max(depth, distances[y * rect.width + x]!);
      depths[labels[r]!] = depth;
    }
  }
  return depths;
}

function soften(
  data: Uint8Array,
  width: number,
  rect: Rect,
  { rows, from, to, labels }: LabelledRuns,
  distances: Float64Array,
  depths: Float64Array,
  radius: number,
): void {
  for (let y = 0; y < rect.height; y++) {
    const row = (rect.y + y) * width + rect.x;
    for (let r = rows[y]!; r < rows[y + 1]!; r++) {
      const ramp = Math.min(radius, depths[labels[r]!]! / 2);
      for (let x = from[r]!; x < to[r]!; x++) {
        // A pixel's distance is counted from its middle, the border lies half a pixel before it.
        const t = (distances[y * rect.width + x]! - 0.5) / ramp;
        if (t < 1) data[row + x] = Math.round(data[row + x]! * t * t * (3 - 2 * t));
      }
    }
  }
}
