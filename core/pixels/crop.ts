import type { Picture, PixelPatch } from './picture.ts';
import { fullRect, intersectRects, isEmptyRect, type Rect } from '../base/geometry.ts';

/**
 * Where the pixels `start .. start + length - 1` of an axis of `size` pixels are read from when everything outside
 * is mirrored at the first and last pixel, as often as needed (the border pixel itself is not repeated).
 */
export function mirroredIndices(start: number, length: number, size: number): Int32Array {
  const period = Math.max(1, 2 * (size - 1));
  const indices = new Int32Array(length);
  for (let i = 0; i < length; i++) {
    const phase = (((start + i) % period) + period) % period;
    indices[i] = phase < size ? phase : period - phase;
  }
  return indices;
}

/** The pixels of `rect` (picture px), as a picture of its own; those outside the picture are mirrored in. */
export function crop(picture: Picture, rect: Rect): Picture {
  const { width, height } = rect;
  const data = new Uint8Array(width * height * 4);
  const { x: left, y: top } = fullRect(picture);
  const first = rect.x - left;
  const rows = mirroredIndices(rect.y - top, height, picture.height);
  const inside = first >= 0 && first + width <= picture.width;
  const columns = mirroredIndices(first, width, picture.width);
  for (let y = 0; y < height; y++) {
    const from = rows[y]! * picture.width;
    if (inside)
      data.set(picture.data.subarray((from + first) * 4, (from + first + width) * 4), y * width * 4);
    else gatherRow(picture.data, from, columns, data, y * width);
  }
  return { width, height, data };
}

function gatherRow(
  source: Uint8Array,
  from: number,
  columns: Int32Array,
  data: Uint8Array,
  to: number,
): void {
  for (let x = 0; x < columns.length; x++) {
    const s = (from + columns[x]!) * 4;
    const t = (to + x) * 4;
    data[t] = source[s]!;
    data[t + 1] = source[s + 1]!;
    data[t + 2] = source[s + 2]!;
    data[t + 3] = source[s + 3]!;
  }
}

/** Writes the pixels of `part` into `picture` with its corner at (x, y), picture px; what falls outside is left out. */
export function paste(picture: Picture, part: Picture, x: number, y: number): void {
  const whole = fullRect(picture);
  const target = intersectRects({ x, y, width: part.width, height: part.height }, whole);
  if (isEmptyRect(target)) return;
  for (let row = target.y; row < target.y + target.height; row++) {
    const from = ((row - y) * part.width + target.x - x) * 4;
    const bytes = part.data.subarray(from, from + target.width * 4);
    picture.data.set(bytes, ((row - whole.y) * picture.width + target.x - whole.x) * 4);
  }
}

/** Writes a patch into a picture, in place. */
export function pastePatch(picture: Picture, { rect, data }: PixelPatch): void {
  paste(picture, { width: rect.width, height: rect.height, data }, rect.x, rect.y);
}
