import type { Rng } from '../../../core/base/rng.ts';
import type { Scale } from './pyramid.ts';

/** Patches are squares of 2 RADIUS + 1 px. */
export const RADIUS = 3;

/** For each patch that touches the hole, the centre of the patch of known pixels that looks most like it. */
export interface NearestField {
  readonly targets: Int32Array; // flat indices of centres, in reading order
  readonly sources: Int32Array; // [height * width], flat index of the match of each target
  readonly costs: Float32Array; // [height * width], sum of squared differences
  readonly valid: Uint8Array; // [height * width], 1 where a patch is wholly known
}

/** A field of random matches, or of `guess` (target to source) where that is a patch of known pixels. */
export function startField(scale: Scale, rng: Rng, guess?: (target: number) => number): NearestField {
  const { width, height } = scale;
  const valid = new Uint8Array(width * height);
  const targets: number[] = [];
  const known: number[] = [];
  for (let y = RADIUS; y < height - RADIUS; y++) {
    for (let x = RADIUS; x < width - RADIUS; x++) {
      const centre = y * width + x;
      if (touchesHole(scale, centre)) {
        targets.push(centre);
      } else {
        known.push(centre);
        valid[centre] = 1;
      }
    }
  }
  const sources = new Int32Array(width * height);
  const costs = new Float32Array(width * height);
  if (known.length === 0) return { targets: new Int32Array(), sources, costs, valid };
  for (const target of targets) {
    const guessed = guess?.(target) ?? -1;
    sources[target] = valid[guessed] === 1 ? guessed : known[rng.below(known.length)]!;
  }
  return { targets: Int32Array.from(targets), sources, costs, valid };
}

/** One pass of PatchMatch (Barnes et al. 2009, section 3.2): propagation in scan order, then random search. */
export function improve(scale: Scale, field: NearestField, rng: Rng, forward: boolean): void {
  const { targets, sources, costs } = field;
  const step = forward ? 1 : -1;
  for (let k = 0; k < targets.length; k++) {
    const target = targets[forward ? k : targets.length - 1 - k]!;
    costs[target] = distance(scale, target, sources[target]!, Infinity);
    tryMatch(scale, field, target, sources[target - step]! + step);
    tryMatch(scale, field, target, sources[target - step * scale.width]! + step * scale.width);
    searchAround(scale, field, target, rng);
  }
}

function searchAround(scale: Scale, field: NearestField, target: number, rng: Rng): void {
  const { width, height } = scale;
  for (let reach = Math.max(width, height); reach >= 1; reach /= 2) {
    const best = field.sources[target]!;
    const x = (best % width) + Math.round((2 * rng.uniform() - 1) * reach);
    const y = Math.floor(best / width) + Math.round((2 * rng.uniform() - 1) * reach);
    if (x >= 0 && x < width && y >= 0 && y < height) tryMatch(scale, field, target, y * width + x);
  }
}

function tryMatch(scale: Scale, field: NearestField, target: number, source: number): void {
  if (field.valid[source] !== 1) return;
  const cost = distance(scale, target, source, field.costs[target]!);
  if (cost >= field.costs[target]!) return;
  field.costs[target] = cost;
  field.sources[target] = source;
}

/** Sum of squared differences of two patches; gives up beyond `limit`. */
function distance({ width, colours }: Scale, a: number, b: number, limit: number): number {
  let sum = 0;
  for (let row = -RADIUS; row <= RADIUS && sum < limit; row++) {
    let p = 3 * (a + row * width - RADIUS);
    let q = 3 * (b + row * width - RADIUS);
    for (let i = 0; i < 3 * (2 * RADIUS + 1); i++) {
      const difference = colours[p++]! - colours[q++]!;
      sum += difference * difference;
    }
  }
  return sum;
}

function touchesHole({ width, hole }: Scale, centre: number): boolean {
  for (let row = -RADIUS; row <= RADIUS; row++) {
    const start = centre + row * width - RADIUS;
    for (let i = start; i <= start + 2 * RADIUS; i++) if (hole[i] === 1) return true;
  }
  return false;
}
