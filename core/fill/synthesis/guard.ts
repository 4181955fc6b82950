import type { Field } from './field.ts';
import { costOf } from './search.ts';

/** How many known patches tell what is usual, and among how many others each is compared with. */
const ASKED = 64;
const OTHERS = 1024;

/** The least difference that counts as usual, of bytes: below it is noise. */
const LEAST = 2;

/**
 * How far off known patches are from the known patch that looks most like them and does not overlap them: the median of
 * root mean squares of differences, bytes.
 */
export function usualDifference(field: Field): number {
  const { sources, scene, radius } = field;
  const asked = everyNth(sources, ASKED);
  const others = everyNth(sources, OTHERS);
  const found: number[] = [];
  for (const patch of asked) {
    let least = Infinity;
    for (const other of others) {
      if (overlaps(patch, other, scene.width, 2 * radius + 1)) continue;
      least = Math.min(least, costOf(field, patch, other, least));
    }
    if (least < Infinity) found.push(least);
  }
  const middle = Float64Array.from(found).sort()[found.length >> 1] ?? 0;
  return Math.max(LEAST, differenceOf(field, middle));
}

function everyNth(values: Int32Array, most: number): Int32Array {
  const stride = Math.ceil(values.length / most);
  return values.filter((_, i) => i % stride === 0);
}

function overlaps(a: number, b: number, width: number, side: number): boolean {
  const dx = (a % width) - (b % width);
  const dy = Math.floor(a / width) - Math.floor(b / width);
  return Math.abs(dx) < side && Math.abs(dy) < side;
}

/** The root mean square difference of bytes that a cost stands for. */
function differenceOf({ radius }: Field, cost: number): number {
  return Math.sqrt(cost / (3 * (2 * radius + 1) ** 2));
}

/** How unlike its match each patch is, as multiples of what is usual: [patches]. */
export function mismatches(field: Field): Float64Array {
  const usual = usualDifference(field);
  return field.costs.map((cost) => differenceOf(field, cost) / usual);
}

/**
 * How much of each pixel may be drawn with the picture's patches, [height, width] of the field's scene, 0 to 1: all of it
 * where the patches around it match within `limit`, nothing from half as much again.
 */
export function sharesOf(field: Field, apart: Float64Array, limit: number): Float32Array {
  const { patches, radius, scene } = field;
  const { width } = scene;
  const sums = new Float32Array(width * scene.height);
  const counts = new Float32Array(width * scene.height);
  const spread = radius >> 1;
  for (let i = 0; i < patches.length; i++) {
    const share = limit === Infinity ? 1 : Math.min(1, Math.max(0, 3 - (2 * apart[i]!) / limit));
    for (let dy = -spread; dy <= spread; dy++) {
      const from = patches[i]! + dy * width;
      for (let at = from - spread; at <= from + spread; at++) {
        sums[at]! += share;
        counts[at]!++;
      }
    }
  }
  return sums.map((sum, i) => (counts[i]! > 0 ? sum / counts[i]! : 1));
}
