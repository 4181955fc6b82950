import type { Ask, OnRows } from './asks.ts';
import { takeLogs } from './logs.ts';
import { highestOf, weigh } from './softmax.ts';

/** The average of several windows' probabilities for the same cells. */
export interface Mixture {
  /** Starts afresh for asks[first .. last]. */
  begin(asks: readonly Ask[], first: number, last: number): void;
  /** Takes one window's logits of cell asks[ask].cells[position]: logits[offset .. offset + K). */
  add(ask: number, position: number, logits: Float32Array, offset: number): void;
  /** Gives the logarithm of the average for the cells of every ask that has any. */
  finish(onRows: OnRows): void;
}

/** The buffers grow to the largest group of asks and are kept between steps. */
export function createMixture(codes: number): Mixture {
  let sums = new Float32Array(0); // [rows, K], probabilities
  let bits = new Int32Array(0); // the same memory
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
        bits = new Int32Array(sums.buffer);
        covers = new Int32Array(rows);
      } else {
        sums.fill(0, 0, rows * codes);
        covers.fill(0, 0, rows);
      }
    },

    add(ask, position, logits, offset) {
      const row = starts[ask - firstAsk]! + position;
      covers[row]!++;
      addSoftmax(logits.subarray(offset, offset + codes), weights, sums, row * codes);
    },

    finish(onRows) {
      for (let i = 0; i + 1 < starts.length; i++) {
        const start = starts[i]!;
        const end = starts[i + 1]!;
        for (let row = start; row < end; row++) {
          takeLogs(sums, bits, row * codes, (row + 1) * codes, Math.log(covers[row]!));
        }
        if (end > start) onRows(firstAsk + i, sums, start * codes);
      }
    },
  };
}

function addSoftmax(
  row: Float32Array, // [K], logits
  weights: Float64Array,
  sums: Float32Array,
  start: number,
): void {
  const share = 1 / weigh(row, highestOf(row), 1, weights);
  for (let i = 0; i < weights.length; i++) sums[start + i]! += weights[i]! * share;
}
