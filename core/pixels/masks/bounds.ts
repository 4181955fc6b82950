import type { Rect } from '../../base/geometry.ts';
import { fullRect, intersectRects } from '../../base/geometry.ts';
import type { Mask } from './mask.ts';

/** The smallest rectangle around all selected pixels of a mask (or of its part in `within`); null if there are none. */
export function bounds(mask: Mask, within: Rect = fullRect(mask)): Rect | null {
  const whole = fullRect(mask);
  const { x, y, width, height } = intersectRects(within, whole);
  let left = Infinity;
  let right = -Infinity;
  let top: number | null = null;
  let bottom = y;
  for (let row = y; row < y + height; row++) {
    const offset = (row - whole.y) * mask.width - whole.x;
    const first = firstSelected(mask.data, offset + x, offset + x + width);
    if (first < 0) continue;
    top ??= row;
    bottom = row;
    left = Math.min(left, first - offset);
    right = Math.max(right, lastSelected(mask.data, first, offset + x + width) - offset);
  }
  return top === null ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Whether nothing is selected. */
export function isEmpty(mask: Mask): boolean {
  return firstSelected(mask.data, 0, mask.data.length) < 0;
}

function firstSelected(data: Uint8Array, from: number, to: number): number {
  for (let i = from; i < to; i++) if (data[i]! > 0) return i;
  return -1;
}

function lastSelected(data: Uint8Array, from: number, to: number): number {
  let i = to - 1;
  while (i > from && data[i] === 0) i--;
  return i;
}
