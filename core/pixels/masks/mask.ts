import { fullRect, intersectRects, type Point, type Rect } from '../../base/geometry.ts';
import { TesseraError } from '../../base/errors.ts';

/**
 * A selection, or a part of one: how much of each pixel is selected, 0 (not at all) to 255 (wholly). `x` and `y` as of a
 * Picture.
 */
export interface Mask extends Partial<Readonly<Point>> {
  readonly width: number; // px
  readonly height: number; // px
  readonly data: Uint8Array; // [height * width]
}

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

/** What either selects. */
export function add(a: Mask, b: Mask): Mask {
  const data = paired(a, b);
  for (let i = 0; i < data.length; i++) data[i] = Math.max(a.data[i]!, b.data[i]!);
  return { width: a.width, height: a.height, data };
}

/** What `a` selects and `b` does not. */
export function subtract(a: Mask, b: Mask): Mask {
  const data = paired(a, b);
  for (let i = 0; i < data.length; i++) data[i] = Math.min(a.data[i]!, 255 - b.data[i]!);
  return { width: a.width, height: a.height, data };
}

/** What both select. */
export function intersect(a: Mask, b: Mask): Mask {
  const data = paired(a, b);
  for (let i = 0; i < data.length; i++) data[i] = Math.min(a.data[i]!, b.data[i]!);
  return { width: a.width, height: a.height, data };
}

/** What it does not select. */
export function invert(mask: Mask): Mask {
  return { width: mask.width, height: mask.height, data: mask.data.map((value) => 255 - value) };
}

function paired(a: Mask, b: Mask): Uint8Array {
  if (a.width !== b.width || a.height !== b.height) {
    throw new TesseraError(
      'input',
      `A selection of ${b.width} x ${b.height} px does not fit one of ${a.width} x ${a.height} px.`,
      'Use selections of the same picture.',
    );
  }
  return new Uint8Array(a.data.length);
}
