import { highestOf, weigh } from './softmax.ts';

/** The average of several windows' probabilities for the same cells. */
export interface Mixture {
  /** Starts afresh for queries[first .. last]. */
  begin(queries: readonly Query[], first: number, last: number): void;
  /** Takes one window's logits of cell queries[query].cells[position]: logits[offset .. offset + K). */
  add(query: number, position: number, logits: Float32Array, offset: number): void;
  /** Gives the logarithm of the average for the cells of every query that has any. */
  finish(onRows: OnRows): void;
}

/** The buffers grow to the largest group of queries and are kept between steps. */
export function createMixture(codes: number): Mixture {
  let sums = new Float32Array(0); // [rows, K], probabilities
  let bits = new Int32Array(0); // the same memory
  let covers = new Int32Array(0); // [rows], how many windows have been added
  let starts: number[] = []; // the first row of each query, and the end of the last
  let firstQuery = 0;
  const weights = new Float64Array(codes);

  return {
    begin(queries, first, last) {
      firstQuery = first;
      starts = [0];
      for (let query = first; query <= last; query++)
        starts.push(starts.at(-1)! + queries[query]!.cells.length);
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

    add(query, position, logits, offset) {
      const row = starts[query - firstQuery]! + position;
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
        if (end > start) onRows(firstQuery + i, sums, start * codes);
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
export interface Query {
  readonly ids: Int32Array; // [height * width], MASK where missing
  readonly cells: Int32Array; // flat indices
}

/** Takes the logits of queries[query].cells: rows[offset .. offset + cells * K), a row for each, valid during the call only. */
export type OnRows = (query: number, rows: Float32Array, offset: number) => void;

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
