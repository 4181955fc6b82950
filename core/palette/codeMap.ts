import type { Rect, Size } from '../base/geometry.ts';
import { gather } from './gather.ts';
import { principalAxes } from './principalAxes.ts';
import { settle } from './settle.ts';
import type { Features } from './swatchFeatures.ts';

/** Where a map has no code: only at its end. */
export const NO_CODE = -1;

/** The size of the map of so many codes: as near to a square as can be. */
export function mapSize(codes: number): Size {
  const width = Math.ceil(Math.sqrt(codes));
  return { width, height: width === 0 ? 0 : Math.ceil(codes / width) };
}

/**
 * All codes on a map of {@link mapSize} on which neighbours look alike, row by row; {@link NO_CODE} after the last. The
 * same for the same features.
 *
 * Codes are divided in two again and again, as the map is: by the direction in which they differ most where it is
 * divided into left and right, by the next where into top and bottom. From there they change places: towards
 * surroundings that look like them, then as long as that brings neighbours nearer.
 */
export function codeMap(features: Features): Int32Array {
  const { codes } = features;
  const size = mapSize(codes);
  const map = new Int32Array(size.width * size.height).fill(NO_CODE);
  const all = Int32Array.from({ length: codes }, (_, code) => code);
  divide(map, size.width, { x: 0, y: 0, ...size }, all, principalAxes(features));
  gather(map, size, features);
  settle(map, size, features);
  return map;
}

/** Lays codes into a rectangle of the map, which has as many places for them. Puts `codes` in another order. */
function divide(
  map: Int32Array,
  width: number,
  rect: Rect,
  codes: Int32Array,
  axes: readonly [Float32Array, Float32Array],
): void {
  if (codes.length === 0) return;
  if (rect.width === 1 && rect.height === 1) {
    map[rect.y * width + rect.x] = codes[0]!;
    return;
  }
  const wide = rect.width >= rect.height;
  const axis = axes[wide ? 0 : 1];
  codes.sort((a, b) => axis[a]! - axis[b]! || a - b);
  const [first, second] = wide ? leftAndRight(rect) : topAndBottom(rect);
  const count = placesIn(first, width, axes[0].length);
  divide(map, width, first, codes.subarray(0, count), axes);
  divide(map, width, second, codes.subarray(count), axes);
}

function leftAndRight(rect: Rect): [Rect, Rect] {
  const half = rect.width >> 1;
  return [
    { ...rect, width: half },
    { ...rect, x: rect.x + half, width: rect.width - half },
  ];
}

function topAndBottom(rect: Rect): [Rect, Rect] {
  const half = rect.height >> 1;
  return [
    { ...rect, height: half },
    { ...rect, y: rect.y + half, height: rect.height - half },
  ];
}

/** How many places of a rectangle come before the end of all `codes`. */
function placesIn({ x, y, width, height }: Rect, across: number, codes: number): number {
  let places = 0;
  for (let row = y; row < y + height; row++) {
    places += Math.min(Math.max(codes - row * across - x, 0), width);
  }
  return places;
}
