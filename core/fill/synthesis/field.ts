import type { Rng } from '../../base/rng.ts';
import { NOTHING, type Scene, SOURCE, TARGET } from './scene.ts';

/**
 * A nearest-neighbour field: for each patch that touches what is to be drawn, the patch of known pixels that looks most
 * like it. Patches are squares of 2 * radius + 1 px, named by the index of the pixel in their middle, and lie wholly inside
 * the scene.
 */
export interface Field {
  readonly scene: Scene;
  readonly radius: number; // px
  readonly patches: Int32Array; // those to be matched, ascending
  readonly indexOf: Int32Array; // [height, width]: where a pixel stands in `patches`, or -1
  readonly sources: Int32Array; // the patches of nothing but SOURCE pixels, ascending
  readonly isSource: Uint8Array; // [height, width]
  readonly matches: Int32Array; // [patches], each one of `sources`
  readonly costs: Float64Array; // [patches]: see search.ts
}

/** A field whose matches are still to be found; null where nothing is to be drawn, or no patch is known. */
export function createField(scene: Scene, radius: number): Field | null {
  const { width, height, kinds } = scene;
  const [targets, unknown, nothing] = [
    countAround(scene, radius, isTarget),
    countAround(scene, radius, isUnknown),
    countAround(scene, radius, isNothing),
  ];
  const patches: number[] = [];
  const sources: number[] = [];
  const indexOf = new Int32Array(kinds.length).fill(-1);
  const isSource = new Uint8Array(kinds.length);
  for (let y = radius; y < height - radius; y++) {
    for (let x = radius; x < width - radius; x++) {
      const at = y * width + x;
      if (unknown[at] === 0) {
        isSource[at] = 1;
        sources.push(at);
      } else if (targets[at]! > 0 && nothing[at] === 0) {
        indexOf[at] = patches.length;
        patches.push(at);
      }
    }
  }
  if (patches.length === 0 || sources.length === 0) return null;
  return {
    scene,
    radius,
    patches: Int32Array.from(patches),
    indexOf,
    sources: Int32Array.from(sources),
    isSource,
    matches: new Int32Array(patches.length),
    costs: new Float64Array(patches.length).fill(Infinity),
  };
}

const isTarget = (kind: number): boolean => kind === TARGET;
const isUnknown = (kind: number): boolean => kind !== SOURCE;
const isNothing = (kind: number): boolean => kind === NOTHING;

/** How many pixels of a kind the patch around each pixel has; 0 where it does not lie in the scene. */
function countAround(
  { width, height, kinds }: Scene,
  radius: number,
  is: (kind: number) => boolean,
): Int32Array {
  const side = 2 * radius + 1;
  const sums = new Int32Array((width + 1) * (height + 1)); // of all that is above and left
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      if (is(kinds[y * width + x]!)) row++;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  }
  const counts = new Int32Array(width * height);
  for (let y = 0; y + side <= height; y++) {
    for (let x = 0; x + side <= width; x++) {
      const top = y * (width + 1) + x;
      const bottom = top + side * (width + 1);
      counts[(y + radius) * width + x + radius] =
        sums[bottom + side]! - sums[bottom]! - sums[top + side]! + sums[top]!;
    }
  }
  return counts;
}

/** Gives every patch any match. */
export function matchAtRandom({ matches, sources }: Field, rng: Rng): void {
  for (let i = 0; i < matches.length; i++) matches[i] = sources[rng.below(sources.length)]!;
}

/** Matches as in a field of half the size, at twice the offset; any where that is no source. */
export function matchFromCoarser(field: Field, coarser: Field, rng: Rng): void {
  const { width } = field.scene;
  const half = coarser.scene.width;
  const last = half - 1 - coarser.radius;
  const lowest = coarser.scene.height - 1 - coarser.radius;
  for (let i = 0; i < field.patches.length; i++) {
    const at = field.patches[i]!;
    const x = at % width;
    const y = (at - x) / width;
    const column = Math.min(last, Math.max(coarser.radius, x >> 1));
    const row = Math.min(lowest, Math.max(coarser.radius, y >> 1));
    const parent = coarser.indexOf[row * half + column]!;
    field.matches[i] =
      parent < 0 ? -1 : scaledMatch(field, coarser.matches[parent]!, half, x - 2 * column, y - 2 * row);
    if (field.matches[i]! < 0) field.matches[i] = field.sources[rng.below(field.sources.length)]!;
  }
}

/** Where a match of a field of half the size lies, (dx, dy) px further; -1 where that is no source. */
function scaledMatch(
  { scene: { width, height }, isSource }: Field,
  match: number,
  half: number,
  dx: number,
  dy: number,
): number {
  const x = 2 * (match % half) + dx;
  const y = 2 * Math.floor(match / half) + dy;
  if (x < 0 || y < 0 || x >= width || y >= height) return -1;
  const at = y * width + x;
  return isSource[at] === 1 ? at : -1;
}
