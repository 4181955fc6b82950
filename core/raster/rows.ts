import type { Rect } from '../base/geometry.ts';

/** Pixels that lie row by row in a buffer: those of a rectangle, or of a tile. */
export interface Rows {
  readonly rect: Rect; // document px
  readonly data: Uint8Array; // [height, width, channels]
}

/** Where the pixel at (x, y) begins. */
export function offsetOf({ rect }: Rows, x: number, y: number, channels: number): number {
  return ((y - rect.y) * rect.width + x - rect.x) * channels;
}

/** Copies the pixels of `part`, which lies in both. */
export function copyRows(from: Rows, to: Rows, part: Rect, channels: number): void {
  const bytes = part.width * channels;
  for (let y = part.y; y < part.y + part.height; y++) {
    const source = offsetOf(from, part.x, y, channels);
    to.data.set(from.data.subarray(source, source + bytes), offsetOf(to, part.x, y, channels));
  }
}

/** Whether the pixels of `part`, which lies in both, are the same. */
export function sameRows(a: Rows, b: Rows, part: Rect, channels: number): boolean {
  const bytes = part.width * channels;
  for (let y = part.y; y < part.y + part.height; y++) {
    const i = offsetOf(a, part.x, y, channels);
    const j = offsetOf(b, part.x, y, channels);
    for (let k = 0; k < bytes; k++) if (a.data[i + k] !== b.data[j + k]) return false;
  }
  return true;
}

/** Sets every byte of the pixels of `part`; false if all of them were so already. */
export function fillRows(rows: Rows, part: Rect, value: number, channels: number): boolean {
  const bytes = part.width * channels;
  let changed = false;
  for (let y = part.y; y < part.y + part.height; y++) {
    const from = offsetOf(rows, part.x, y, channels);
    for (let i = from; !changed && i < from + bytes; i++) changed = rows.data[i] !== value;
    rows.data.fill(value, from, from + bytes);
  }
  return changed;
}
