import type { Rng } from '../base/rng.ts';
import type { PositionOrder } from './orders.ts';

/**
 * All cells of a grid, each next one far from those before: the Halton sequence in bases 2 (across) and 3 (down), every
 * cell where it is first hit (Halton-MaskGIT, arXiv 2503.17076).
 */
export function haltonSequence(width: number, height: number): Int32Array {
  const sequence = new Int32Array(width * height); // flat indices
  const seen = new Uint8Array(width * height);
  let found = 0;
  // It ends: with 2^a >= 2 width and 3^b >= 2 height, the first 2^a 3^b points hit every one of 2^a x 3^b equal boxes,
  // and every cell holds at least one whole box.
  for (let i = 0; found < sequence.length; i++) {
    const x = Math.floor(radicalInverse(i, 2) * width);
    const y = Math.floor(radicalInverse(i, 3) * height);
    const cell = y * width + x;
    if (seen[cell] === 1) continue;
    seen[cell] = 1;
    sequence[found++] = cell;
  }
  return sequence;
}

/** The digits of i in a base, mirrored at the point: van der Corput's sequence, in [0, 1). */
export function radicalInverse(i: number, base: number): number {
  let mirrored = 0;
  let scale = 1;
  for (let rest = i; rest > 0; rest = Math.floor(rest / base)) {
    mirrored = mirrored * base + (rest % base);
    scale *= base;
  }
  return mirrored / scale;
}

/** The sequence from a random start, so that candidates differ in where they begin. */
export function haltonOrder(sequence: Int32Array, rng: Rng): PositionOrder {
  const rank = new Int32Array(sequence.length);
  const start = rng.below(sequence.length);
  for (let i = 0; i < sequence.length; i++) rank[sequence[(start + i) % sequence.length]!] = i;
  return {
    kind: 'position-based',
    choose: (missing, { count }) =>
      missing
        .slice()
        .sort((a, b) => rank[a]! - rank[b]!)
        .slice(0, count)
        .sort(),
  };
}
