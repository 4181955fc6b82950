import type { Rng } from '../../base/rng.ts';
import type { Field } from './field.ts';

/** What a match at the far end of the scene costs more than one close by, per byte of the patch: a squared difference. */
const FAR = 6;

/** How one pass of a search goes. */
export interface Pass {
  readonly forward: boolean; // from the upper left, or from the lower right
  readonly reach: number; // px: how far from a match better ones are tried first
}

/** Costs anew what is matched: the scene's colours have changed. */
export function costMatches(field: Field, from: number, end: number): void {
  const { patches, matches, costs } = field;
  for (let i = from; i < end; i++) costs[i] = costOf(field, patches[i]!, matches[i]!, Infinity);
}

/**
 * Improves the matches of patches `from` .. `end` - 1 in the order of the pass: by those of the neighbours before, and by
 * sources at random, ever nearer to what is matched (PatchMatch, Barnes et al. 2009). A match costs the sum of squared
 * differences of its bytes, and a little for being far away.
 *
 * @returns how many matches have changed
 */
export function improveMatches(
  field: Field,
  { forward, reach }: Pass,
  rng: Rng,
  from: number,
  end: number,
): number {
  const { width, height } = field.scene;
  const { patches, indexOf, matches, costs, isSource } = field;
  const step = forward ? 1 : -1;
  let changed = 0;
  for (let n = from; n < end; n++) {
    const i = forward ? n : patches.length - 1 - n;
    const at = patches[i]!;
    let best = matches[i]!;
    let cost = costs[i]!;
    for (let side = step; ; side = step * width) {
      const neighbour = indexOf[at - side] ?? -1;
      if (neighbour >= 0) {
        const candidate = matches[neighbour]! + side;
        if (candidate !== best && isSource[candidate] === 1) {
          const other = costOf(field, at, candidate, cost);
          if (other < cost) {
            cost = other;
            best = candidate;
          }
        }
      }
      if (side !== step) break;
    }
    for (let radius = reach; radius >= 1; radius >>= 1) {
      const word = rng.uint32();
      const span = 2 * radius + 1;
      const x = (best % width) + ((word & 0xffff) % span) - radius;
      const y = Math.floor(best / width) + ((word >>> 16) % span) - radius;
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      const candidate = y * width + x;
      if (candidate === best || isSource[candidate] === 0) continue;
      const other = costOf(field, at, candidate, cost);
      if (other < cost) {
        cost = other;
        best = candidate;
      }
    }
    if (best === matches[i]) continue;
    matches[i] = best;
    costs[i] = cost;
    changed++;
  }
  return changed;
}

/** What it costs to match a patch with another, or anything from `enough` up once it is that much. */
export function costOf({ scene, radius }: Field, patch: number, match: number, enough: number): number {
  const { width, height, colours } = scene;
  const side = 2 * radius + 1;
  const dx = (patch % width) - (match % width);
  const dy = (patch - match - dx) / width;
  const far = (dx * dx + dy * dy) / (width * width + height * height);
  let sum = FAR * 3 * side * side * far;
  const length = 3 * side;
  const stride = 3 * width;
  const corner = 3 * (radius * width + radius);
  let a = 3 * patch - corner;
  let b = 3 * match - corner;
  for (let row = 0; row < side && sum < enough; row++) {
    let rowSum = 0;
    for (let k = 0; k < length; k++) {
      const d = colours[a + k]! - colours[b + k]!;
      rowSum += d * d;
    }
    sum += rowSum;
    a += stride;
    b += stride;
  }
  return sum;
}
