import type { Ask, OnRow } from './asks.ts';
import { expOfNegative } from './exp.ts';

/** The average of several windows' probabilities for the same cells. */
export interface Mixture {
  /** Starts afresh for asks[first .. last]. */
  begin(asks: readonly Ask[], first: number, last: number): void;
  /** Takes one window's logits of a cell. */
  readonly add: OnRow;
  /** Gives the logarithm of the average for every cell that has any. */
  finish(onRow: OnRow): void;
}

/** The buffers grow to the largest group of asks and are kept between steps. */
export function createMixture(codes: number): Mixture {
  let sums = new Float32Array(0); // [rows, K], probabilities
  let covers = new Int32Array(0); // [rows], how many windows have been added
  let starts: number[] = []; // the first row of each ask, and the end of the last
  let firstAsk = 0;
  const weights = new Float64Array(codes);

  return {
    begin(asks, first, last) {
      firstAsk = first;
      starts = [0];
      for (let ask = first; ask <= last; ask++) starts.push(starts.at(-1)! + asks[ask]!.cells.length);
      const rows = starts.at(-1)!;
      if (rows > covers.length) {
        sums = new Float32Array(rows * codes);
        covers = new Int32Array(rows);
      } else {
        sums.fill(0, 0, rows * codes);
        covers.fill(0, 0, rows);
      }
    },

    add(ask, position, rows, offset) {
      const row = starts[ask - firstAsk]! + position;
      covers[row]!++;
      addSoftmax(rows, offset, weights, sums, row * codes);
    },

    finish(onRow) {
      for (let i = 0; i + 1 < starts.length; i++) {
        for (let row = starts[i]!; row < starts[i + 1]!; row++) {
          logOfMean(sums, row * codes, codes, covers[row]!);
          onRow(firstAsk + i, row - starts[i]!, sums, row * codes);
        }
      }
    },
  };
}

function addSoftmax(
  rows: Float32Array,
  offset: number,
  weights: Float64Array,
  sums: Float32Array,
  start: number,
): void {
  let highest = -Infinity;
  for (let i = 0; i < weights.length; i++) highest = Math.max(highest, rows[offset + i]!);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = expOfNegative(rows[offset + i]! - highest);
    weights[i] = weight;
    total += weight;
  }
  for (let i = 0; i < weights.length; i++) sums[start + i]! += weights[i]! / total;
}

function logOfMean(sums: Float32Array, start: number, codes: number, count: number): void {
  for (let i = 0; i < codes; i++) sums[start + i] = Math.log(sums[start + i]! / count);
}
