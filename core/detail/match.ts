import { FEATURES } from './features.ts';
import type { Lenders } from './lenders.ts';

/** Which lender each borrowing cell takes its detail from. */
export interface Matches {
  readonly lenders: Int32Array; // [borrowers], indices into the lenders
  readonly distances: Float32Array; // [borrowers], root mean square difference of features
}

/** How much worse a lender may look that continues what the neighbour borrowed: running on beats a closer look. */
const COHERENCE = 1.6;

/** Each time a lender has lent counts against it by this share, or one mark would be repeated all over a flat area. */
const WORN = 0.5;

/** Differences below this are none (sum of squares): nobody is so alike that wear does not count. */
const LEAST = FEATURES * 0.01 ** 2;

/**
 * Finds for each cell the lender that looks most like it, as decoded. Where the lender beside the one that the left or
 * upper neighbour uses is almost as good it is taken, so that strands and grain run on (Ashikhmin 2001).
 *
 * @param cells flat indices into a frame of `columns`, ascending
 * @param features [cells, FEATURES]
 */
export function matchLenders(
  lenders: Lenders,
  cells: Int32Array,
  features: Float32Array,
  columns: number,
): Matches {
  const chosen = new Int32Array(cells.length);
  const distances = new Float32Array(cells.length);
  const lenderOf = new Map<number, number>(); // by cell
  const lent = new Int32Array(lenders.cells.length); // how often
  cells.forEach((cell, i) => {
    const offset = i * FEATURES;
    let best = nearest(lenders, lent, features, offset);
    let limit =
      COHERENCE * (LEAST + difference(lenders.features, best * FEATURES, features, offset, Infinity));
    for (const step of [1, columns]) {
      const neighbour = lenderOf.get(cell - step);
      if (neighbour === undefined) continue;
      const next = lenders.indexOf[lenders.cells[neighbour]! + step] ?? -1;
      if (next < 0) continue;
      const cost = difference(lenders.features, next * FEATURES, features, offset, limit);
      if (cost >= limit) continue;
      best = next;
      limit = cost;
    }
    chosen[i] = best;
    distances[i] = Math.sqrt(
      difference(lenders.features, best * FEATURES, features, offset, Infinity) / FEATURES,
    );
    lenderOf.set(cell, best);
    lent[best]!++;
  });
  return { lenders: chosen, distances };
}

function nearest(lenders: Lenders, lent: Int32Array, features: Float32Array, offset: number): number {
  let best = 0;
  let least = Infinity;
  for (let i = 0; i < lent.length; i++) {
    const wear = 1 + WORN * lent[i]!;
    const cost = wear * (LEAST + difference(lenders.features, i * FEATURES, features, offset, least / wear));
    if (cost < least) {
      least = cost;
      best = i;
    }
  }
  return best;
}

/** The sum of squared differences, or anything from `enough` up once it is that large. */
function difference(a: Float32Array, at: number, b: Float32Array, bt: number, enough: number): number {
  let sum = 0;
  for (let i = 0; i < FEATURES && sum < enough; i++) {
    const d = a[at + i]! - b[bt + i]!;
    sum += d * d;
  }
  return sum;
}
