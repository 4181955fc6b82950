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

/** Cells of one grid whose distribution is wanted. */
export interface Ask {
  readonly ids: Int32Array; // [height * width], MASK where missing
  readonly cells: Int32Array; // flat indices
}

/** Takes the logits of asks[ask].cells: rows[offset .. offset + cells * K), a row for each, valid during the call only. */
export type OnRows = (ask: number, rows: Float32Array, offset: number) => void;

const PARTS = 128; // of the mantissas from 1 to 2
const middles = Float64Array.from({ length: PARTS }, (_, i) => 1 + (i + 0.5) / PARTS);
const LOGS = middles.map(Math.log);
const INVERSES = middles.map((middle) => 1 / middle);

/**
 * Replaces values[from .. to), which are 0 or normal positive numbers, by their logarithms less `shift`, to the precision
 * of their type. `bits` is a view of the same memory. A table of mantissas and a short series (error below 1e-10): several
 * times as fast as Math.log.
 */
export function takeLogs(
  values: Float32Array,
  bits: Int32Array,
  from: number,
  to: number,
  shift: number,
): void {
  const logs = LOGS;
  const inverses = INVERSES;
  for (let i = from; i < to; i++) {
    const word = bits[i]!;
    const part = (word >> 16) & (PARTS - 1);
    const mantissa = 1 + (word & 0x7fffff) / 0x800000;
    const r = mantissa * inverses[part]! - 1; // |r| <= 1 / 256
    const log = ((word >> 23) - 127) * Math.LN2 + logs[part]! + r * (1 - r * (1 / 2 - r / 3));
    values[i] = word === 0 ? -Infinity : log - shift;
  }
}
