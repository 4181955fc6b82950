import type { Rect } from '../../base/geometry.ts';
import type { Mask } from './mask.ts';

/** The part of a mask in `rect`, which lies inside it. */
export function cropMask(mask: Mask, rect: Rect): Mask {
  const data = new Uint8Array(rect.width * rect.height);
  for (let y = 0; y < rect.height; y++) {
    const from = (rect.y + y) * mask.width + rect.x;
    data.set(mask.data.subarray(from, from + rect.width), y * rect.width);
  }
  return { width: rect.width, height: rect.height, data };
}
