import { growRect, type Rect } from '../../base/geometry.ts';
import type { Field } from './field.ts';
import { TARGET } from './scene.ts';

/** Sums of what patches say of each pixel of a rectangle of the scene, which holds all that they touch. */
export interface Votes {
  readonly area: Rect;
  readonly sums: Float64Array; // [height, width, 3]
  readonly weights: Float64Array; // [height, width]
}

/** No votes yet. */
export function noVotes({ scene: { width }, patches, radius }: Field): Votes {
  let [left, right] = [width, 0];
  for (const at of patches) {
    left = Math.min(left, at % width);
    right = Math.max(right, at % width);
  }
  const [top, bottom] = [patches[0]!, patches.at(-1)!].map((at) => Math.floor(at / width)) as [
    number,
    number,
  ];
  const area = growRect({ x: left, y: top, width: right - left + 1, height: bottom - top + 1 }, radius);
  const pixels = area.width * area.height;
  return { area, sums: new Float64Array(3 * pixels), weights: new Float64Array(pixels) };
}

/** What counts as a usual cost of a match: the upper quartile. Votes of worse matches fade (Wexler et al. 2007). */
export function usualCost({ costs }: Field): number {
  const stride = Math.ceil(costs.length / 4096);
  const some = costs.filter((_, i) => i % stride === 0).sort();
  return Math.max(1, some[Math.floor(0.75 * (some.length - 1))]!);
}

/**
 * Adds the votes of patches `from` .. `end` - 1: the match of each says what is at the pixels within `spread` of its
 * middle.
 */
export function vote(
  { scene: { width, colours }, patches, matches, costs }: Field,
  spread: number,
  usual: number,
  { area, sums, weights }: Votes,
  from: number,
  end: number,
): void {
  for (let i = from; i < end; i++) {
    const ratio = costs[i]! / usual;
    const weight = 1 / (0.01 + ratio * ratio);
    const column = patches[i]! % width;
    const row = (patches[i]! - column) / width;
    for (let dy = -spread; dy <= spread; dy++) {
      let to = (row - area.y + dy) * area.width + column - area.x - spread;
      let source = 3 * (matches[i]! + dy * width - spread);
      for (let k = 0; k <= 2 * spread; k++, to++, source += 3) {
        sums[3 * to]! += weight * colours[source]!;
        sums[3 * to + 1]! += weight * colours[source + 1]!;
        sums[3 * to + 2]! += weight * colours[source + 2]!;
        weights[to]! += weight;
      }
    }
  }
}

/** Gives each TARGET pixel (or every one, with `all`) the mean of its votes; without one it stays as it is. */
export function paintVotes(
  { scene: { width, colours, kinds } }: Field,
  { area, sums, weights }: Votes,
  all = false,
): void {
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    const column = i % area.width;
    const at = (area.y + (i - column) / area.width) * width + area.x + column;
    if (weight === 0 || (!all && kinds[at] !== TARGET)) continue;
    for (let c = 0; c < 3; c++) colours[3 * at + c] = Math.floor(sums[3 * i + c]! / weight + 0.5);
  }
}
