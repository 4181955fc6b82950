import { sumOf, takeLargest } from './select.ts';

const BUCKETS = 256;
const PER_NAT = 8; // so that the last bucket begins a factor of e^-31.9 below the highest

/** The indices of some logarithms (logits, say), roughly from the largest down. */
export interface Ranking {
  readonly order: Int32Array;
  /** Ranks values[0 .. count): they fall into buckets of nearly equal ones, that of the highest first. */
  readonly arrange: (values: Float32Array, count: number, highest: number) => void;
  /** takeLargest of order[0 .. count), by keys that rise with the logits: only the bucket where it ends is looked into. */
  readonly take: (
    count: number,
    keys: Float64Array,
    most: number,
    masses: Float64Array,
    mass: number,
  ) => number;
}

/** A counting sort: two passes without a comparison, where sorting or selecting by comparisons would mispredict most. */
export function createRanking(most: number): Ranking {
  const order = new Int32Array(most);
  const buckets = new Uint8Array(most);
  const ends = new Int32Array(BUCKETS); // where each bucket ends in `order`

  return {
    order,

    arrange(values, count, highest) {
      ends.fill(0);
      for (let i = 0; i < count; i++) {
        const bucket = Math.min(BUCKETS - 1, (highest - values[i]!) * PER_NAT) | 0;
        buckets[i] = bucket;
        ends[bucket]!++;
      }
      for (let b = 1; b < BUCKETS; b++) ends[b]! += ends[b - 1]!;
      for (let i = count - 1; i >= 0; i--) order[--ends[buckets[i]!]!] = i;
      // Each end has moved to its bucket's start, which is the end of the bucket before.
      ends.copyWithin(0, 1);
      ends[BUCKETS - 1] = count;
    },

    take(count, keys, most, masses, mass) {
      let start = 0;
      let rest = mass;
      for (let b = 0; start < count; b++) {
        const end = Math.min(ends[b]!, count);
        const sum = sumOf(masses, order, start, end);
        if (end >= most || sum >= rest) {
          return takeLargest(order, start, end, keys, most - start, masses, rest);
        }
        rest -= sum;
        start = end;
      }
      return count;
    },
  };
}
