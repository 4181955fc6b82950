import type { Rect } from '../../base/geometry.ts';
import { fullRect, growRect, intersectRects } from '../../base/geometry.ts';
import { bounds, cropMask, type Mask } from './mask.ts';
import { squaredDistances } from './distance.ts';

/** Pixels selected at least this much count as selected here, so that soft edges stay soft. */
const HALF = 128;

/** Also selects, wholly, every pixel within `radius` px (Euclidean) of one that is at least half selected. */
export function grow(mask: Mask, radius: number): Mask {
  return reach(mask, radius, Math.ceil(radius), 255, (value) => value >= HALF);
}

/** Selects no pixel any longer that is within `radius` px of one that is less than half selected. */
export function shrink(mask: Mask, radius: number): Mask {
  return reach(mask, radius, 1, 0, (value) => value < HALF);
}

/** Sets what lies within `radius` of the pixels that spread; `margin` px around the selection are looked at. */
function reach(
  mask: Mask,
  radius: number,
  margin: number,
  set: number,
  spreads: (value: number) => boolean,
): Mask {
  const data = mask.data.slice();
  const selected = bounds(mask);
  if (selected) {
    const rect = intersectRects(growRect(selected, margin), fullRect(mask));
    const sources = cropMask(mask, rect).data.map((value) => (spreads(value) ? 1 : 0));
    const distances = squaredDistances(sources, rect.width, rect.height, radius);
    setNear(data, mask.width, rect, distances, radius * radius, set);
  }
  return { width: mask.width, height: mask.height, data };
}

function setNear(
  data: Uint8Array,
  width: number,
  rect: Rect,
  squared: Float64Array,
  most: number,
  set: number,
): void {
  for (let y = 0; y < rect.height; y++) {
    const row = (rect.y + y) * width + rect.x;
    for (let x = 0; x < rect.width; x++) {
      const distance = squared[y * rect.width + x]!;
      if (distance > 0 && distance <= most) data[row + x] = set;
    }
  }
}
