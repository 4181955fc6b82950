import { invert } from './algebra.ts';
import { squaredDistances } from './distance.ts';
import type { Mask } from './mask.ts';

/** Pixels selected at least this much are what a selection grows from, so that soft edges stay soft. */
const SOLID = 128;

/** Also selects, wholly, every pixel within `radius` px (Euclidean) of one that is at least half selected. */
export function grow(mask: Mask, radius: number): Mask {
  const solid = mask.data.map((value) => (value >= SOLID ? 1 : 0));
  const distances = squaredDistances(solid, mask.width, mask.height);
  const reach = radius * radius;
  const data = mask.data.map((value, i) => (distances[i]! > 0 && distances[i]! <= reach ? 255 : value));
  return { width: mask.width, height: mask.height, data };
}

/** Selects no pixel any longer that is within `radius` px of one that is at most half selected: grows the rest. */
export function shrink(mask: Mask, radius: number): Mask {
  return invert(grow(invert(mask), radius));
}
