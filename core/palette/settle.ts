import type { Size } from '../base/geometry.ts';
import { FEATURES, type Features } from './swatchFeatures.ts';

/** Most exchanges that are tried, so that large codebooks do not take for ever. */
const MOST_TRIED = 400_000;

/**
 * Lets codes change places wherever that lowers the sum of the distances between neighbours (above, below, left and
 * right): first far apart, then ever nearer, until none can or enough was tried. Empty places stay.
 */
export function settle(map: Int32Array, { width, height }: Size, { codes, values }: Features): void {
  let tried = 0;
  let reach = Math.max(1, width >> 1);
  while (tried < MOST_TRIED) {
    let changed = false;
    for (const [dx, dy] of [
      [reach, 0],
      [0, reach],
      [reach, reach],
      [-reach, reach],
    ] as const) {
      for (let p = 0; p < codes; p++) {
        const x = (p % width) + dx;
        const q = p + dy * width + dx;
        if (x < 0 || x >= width || q >= codes) continue;
        if (exchange(map, width, height, values, p, q)) changed = true;
      }
      tried += codes;
    }
    if (reach > 1) reach = Math.ceil(reach / 2);
    else if (!changed) return;
  }
}

/** Exchanges two places if their neighbours are nearer then. */
function exchange(
  map: Int32Array,
  width: number,
  height: number,
  values: Float32Array,
  p: number,
  q: number,
): boolean {
  const [a, b] = [map[p]!, map[q]!];
  const before = strain(map, width, height, values, p) + strain(map, width, height, values, q);
  map[p] = b;
  map[q] = a;
  const after = strain(map, width, height, values, p) + strain(map, width, height, values, q);
  if (after < before - 1e-6) return true; // never there and back
  map[p] = a;
  map[q] = b;
  return false;
}

/** The sum of the distances between a place and its neighbours. */
function strain(map: Int32Array, width: number, height: number, values: Float32Array, place: number): number {
  const code = map[place]!;
  const column = place % width;
  let sum = 0;
  if (column > 0) sum += distance(values, code, map[place - 1]!);
  if (column < width - 1) sum += distance(values, code, map[place + 1]!);
  if (place >= width) sum += distance(values, code, map[place - width]!);
  if (place < width * (height - 1)) sum += distance(values, code, map[place + width]!);
  return sum;
}

function distance(values: Float32Array, a: number, b: number): number {
  if (a < 0 || b < 0) return 0; // beside an empty place
  let sum = 0;
  for (let i = a * FEATURES, j = b * FEATURES, end = i + FEATURES; i < end; i++, j++) {
    sum += (values[i]! - values[j]!) ** 2;
  }
  return Math.sqrt(sum);
}
