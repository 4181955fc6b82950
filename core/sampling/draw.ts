import type { Rng } from '../base/rng.ts';
import { createShortlist, filtersAnything, sumOf } from './filters.ts';
import type { ConfidenceOrder, StepBudget } from './orders.ts';
import { notFinite } from './posterior.ts';
import type { TokenFilters } from './request.ts';
import { highestOf, weigh } from './softmax.ts';

/** Draws codes from rows of logits: it reads one row, and draws from that until it reads the next. */
export interface Drawer {
  readonly codes: number; // K
  /**
   * Reads logits[offset .. offset + K) and gives the largest probability of any code under the model itself: at
   * temperature 1 and without filters. Throws a 'package' error for logits that are no distribution (NaN, or infinite
   * throughout).
   */
  read(logits: Float32Array, offset: number): number;
  /** The code that a number in [0, 1) stands for, which if uniform makes it a draw. */
  draw(u: number): number;
  /** p(code) under the model itself, whatever it was drawn with. */
  confidence(code: number): number;
}

/** Tokens that were drawn for a step, some or all of its cells. */
export interface DrawnTokens {
  readonly positions: Int32Array; // [n], in the cells of the step, ascending
  readonly ids: Int32Array; // [n]
  readonly probabilities: Float64Array; // [n], under the model
}

/** Draws a token for each of `cells` cells whose logits begin at rows[offset]. */
export function drawAll(
  cells: number,
  drawer: Drawer,
  rows: Float32Array,
  offset: number,
  rng: Rng,
): DrawnTokens {
  const positions = new Int32Array(cells);
  const ids = new Int32Array(cells);
  const probabilities = new Float64Array(cells);
  for (let i = 0; i < cells; i++) {
    drawer.read(rows, offset + i * drawer.codes);
    positions[i] = i;
    ids[i] = drawer.draw(rng.uniform());
    probabilities[i] = drawer.confidence(ids[i]!);
  }
  return { positions, ids, probabilities };
}

/**
 * Draws a token for each of `cells` cells whose logits begin at rows[offset], and takes the `budget.count` of the highest
 * scores: log p + Gumbel noise, as the order says. Of equal scores the lower cell's is taken.
 */
export function drawMostConfident(
  order: ConfidenceOrder,
  budget: StepBudget,
  cells: number,
  drawer: Drawer,
  rows: Float32Array,
  offset: number,
  rng: Rng,
): DrawnTokens {
  const scores = new Float64Array(cells);
  const ids = new Int32Array(cells);
  const probabilities = new Float64Array(cells);
  for (let i = 0; i < cells; i++) {
    const peak = drawer.read(rows, offset + i * drawer.codes);
    ids[i] = drawer.draw(rng.uniform());
    probabilities[i] = drawer.confidence(ids[i]!);
    scores[i] = Math.log(order.of === 'peak' ? peak : probabilities[i]!);
  }
  const factor = order.noise(budget);
  if (factor !== 0) for (let i = 0; i < cells; i++) scores[i]! += factor * rng.gumbel();
  const positions = Int32Array.from(scores.keys())
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, budget.count)
    .sort();
  return {
    positions,
    ids: positions.map((i) => ids[i]!),
    probabilities: Float64Array.from(positions, (i) => probabilities[i]!),
  };
}

/** Takes the tokens of a step that are known, with what the model thinks of them: their logits begin at rows[offset]. */
export function takeGiven(ids: Int32Array, drawer: Drawer, rows: Float32Array, offset: number): DrawnTokens {
  const probabilities = Float64Array.from(ids, (id, i) => {
    drawer.read(rows, offset + i * drawer.codes);
    return drawer.confidence(id);
  });
  return { positions: Int32Array.from(ids.keys()), ids, probabilities };
}

/**
 * Drawing by the inverse of the cumulative distribution: softmax(logits / temperature), then the filters. Temperature 0
 * takes the likeliest code.
 */
export function createDrawer(codes: number, temperature: number, filters: TokenFilters): Drawer {
  let row: Float32Array = new Float32Array(0); // what was read
  const model = new Float64Array(codes);
  const tempered = temperature === 1 || temperature === 0 ? model : new Float64Array(codes);
  const shortlist = filtersAnything(filters) ? createShortlist(filters, model, tempered) : null;
  let highest = 0;
  let total = 0; // of `model`

  return {
    codes,

    read(logits, offset) {
      row = logits.subarray(offset, offset + codes);
      highest = highestOf(row);
      total = weigh(row, highest, 1, model);
      if (!(total >= 1 && total < Infinity)) throw notFinite();
      return 1 / total;
    },

    draw(u) {
      if (temperature === 0) return row.indexOf(highest);
      const sum = tempered === model ? total : weigh(row, highest, 1 / temperature, tempered);
      if (shortlist === null) return invert(tempered, u * sum) ?? row.indexOf(highest);
      const { order } = shortlist;
      const count = shortlist.keep(total, sum);
      return invertAmong(tempered, order, count, u * sumOf(tempered, order, count)) ?? row.indexOf(highest);
    },

    confidence: (code) => model[code]! / total,
  };
}

/** The first code at which the cumulative weight exceeds `target`; null where rounding leaves none. */
function invert(weights: Float64Array, target: number): number | null {
  let rest = target;
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i]!;
    if (rest < 0) return i;
  }
  return null;
}

function invertAmong(weights: Float64Array, order: Int32Array, count: number, target: number): number | null {
  let rest = target;
  for (let i = 0; i < count; i++) {
    const code = order[i]!;
    rest -= weights[code]!;
    if (rest < 0) return code;
  }
  return null;
}
