import type { Size } from '../base/geometry.ts';
import { FEATURES, type Features } from './swatchFeatures.ts';

const SHRINK = 0.8; // of the reach, from round to round

/**
 * Lets codes change places wherever the surroundings suit them better then: first wide surroundings, far apart, so that
 * alike codes find one another across the map, then ever nearer ones. After Strong and Gong, "Self-Sorting Map" (IEEE
 * Transactions on Multimedia 16, 2014), with pairs for its quadruples. Empty places stay.
 */
export function gather(map: Int32Array, { width }: Size, { codes, values }: Features): void {
  for (let reach = width / 4; reach >= 1; reach *= SHRINK) {
    const radius = Math.round(reach);
    const around = surroundings(map, width, codes, values, radius);
    for (const step of new Set([radius, Math.ceil(radius / 2), 1])) {
      for (const [dx, dy] of [
        [step, 0],
        [0, step],
        [step, step],
        [-step, step],
      ] as const) {
        for (let p = 0; p < codes; p++) {
          const x = (p % width) + dx;
          const q = p + dy * width + dx;
          if (x >= 0 && x < width && q < codes) exchange(map, values, around, p, q);
        }
      }
    }
  }
}

/** Exchanges two places if the codes are nearer to each other's surroundings, by the sum of squared distances. */
function exchange(map: Int32Array, values: Float32Array, around: Float32Array, p: number, q: number): void {
  const [a, b] = [map[p]!, map[q]!];
  let gain = 0; // what the squares have in common falls out of the difference of the two sums
  for (let f = 0; f < FEATURES; f++) {
    const codes = values[a * FEATURES + f]! - values[b * FEATURES + f]!;
    gain -= codes * (around[p * FEATURES + f]! - around[q * FEATURES + f]!);
  }
  if (gain <= 0) return;
  map[p] = b;
  map[q] = a;
}

/** The mean features of the codes within a square around each place, [codes, FEATURES]. */
function surroundings(
  map: Int32Array,
  width: number,
  codes: number,
  values: Float32Array,
  radius: number,
): Float32Array {
  const placed = new Float32Array(codes * FEATURES);
  for (let place = 0; place < codes; place++) {
    const at = map[place]! * FEATURES;
    placed.set(values.subarray(at, at + FEATURES), place * FEATURES);
  }
  const rows = new Float32Array(placed.length);
  const squares = new Float32Array(placed.length);
  for (let place = 0; place < codes; place++) {
    const column = place % width;
    const first = place - Math.min(column, radius);
    const last = Math.min(place + Math.min(width - 1 - column, radius), codes - 1);
    writeMean(placed, first, last, 1, rows, place);
  }
  for (let place = 0; place < codes; place++) {
    const above = Math.min(Math.floor(place / width), radius);
    const below = Math.min(Math.floor((codes - 1 - place) / width), radius);
    writeMean(rows, place - above * width, place + below * width, width, squares, place);
  }
  return squares;
}

/** The mean of every `step`th entry from `first` to `last`. */
function writeMean(
  from: Float32Array,
  first: number,
  last: number,
  step: number,
  to: Float32Array,
  place: number,
): void {
  const count = (last - first) / step + 1;
  for (let entry = first; entry <= last; entry += step) {
    for (let f = 0; f < FEATURES; f++) to[place * FEATURES + f]! += from[entry * FEATURES + f]! / count;
  }
}
