import { fullRect, type Rect } from '../../base/geometry.ts';
import type { Mask } from './mask.ts';

/** The part of a mask in `rect`, which lies inside it, as a mask of its own. */
export function cropMask(mask: Mask, rect: Rect): Mask {
  const data = new Uint8Array(rect.width * rect.height);
  const { x: left, y: top } = fullRect(mask);
  for (let y = 0; y < rect.height; y++) {
    const from = (rect.y - top + y) * mask.width + rect.x - left;
    data.set(mask.data.subarray(from, from + rect.width), y * rect.width);
  }
  return { width: rect.width, height: rect.height, data };
}
