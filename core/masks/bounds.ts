import type { Rect } from '../pixels/picture.ts';
import { fullRect, intersectRects } from '../pixels/rect.ts';
import type { Mask } from './mask.ts';
import { scanOf } from './scan.ts';

/** The smallest rectangle around all selected pixels of a mask (or of its part in `within`); null if there are none. */
export function bounds(mask: Mask, within: Rect = fullRect(mask)): Rect | null {
  const { x, y, width, height } = intersectRects(within, fullRect(mask));
  const next = scanOf(mask.data);
  let left = x + width;
  let right = -1;
  let top = -1;
  let bottom = -1;
  for (let row = y; row < y + height; row++) {
    const offset = row * mask.width;
    const end = offset + x + width;
    const first = next(offset + x, end);
    if (first === end) continue;
    if (top < 0) top = row;
    bottom = row;
    left = Math.min(left, first - offset);
    // Only what lies further right than anything before can matter.
    right = Math.max(right, lastSelected(mask.data, Math.max(first, offset + right), end) - offset);
  }
  return top < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Whether nothing is selected. */
export function isEmpty({ data }: Mask): boolean {
  return scanOf(data)(0, data.length) === data.length;
}

/** The last selected pixel in [from, to), or `from`. */
function lastSelected(data: Uint8Array, from: number, to: number): number {
  let i = to - 1;
  while (i > from && data[i] === 0) i--;
  return i;
}
