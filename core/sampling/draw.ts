import { notFinite } from './beliefs.ts';
import { createShortlist, filtersAnything } from './filters.ts';
import type { TokenFilters } from './request.ts';
import type { Rng } from '../base/rng.ts';
import { sumOf } from './select.ts';
import { highestOf, weigh } from './softmax.ts';

/** Draws codes from rows of logits: it looks at one row, which is what it draws from until the next. */
export interface Drawer {
  readonly codes: number; // K
  /**
   * Looks at logits[offset .. offset + K) and gives the largest probability of any code under the model itself: at
   * temperature 1 and without filters. Once that is known to be below `least` it looks no further and gives 0, and then
   * nothing may be drawn. Throws a 'package' error for logits that are no distribution (NaN, or infinite throughout).
   */
  look(logits: Float32Array, offset: number, least?: number): number;
  /** The code that a number in [0, 1) stands for, which if uniform makes it a draw. */
  draw(u: number): number;
  /** p(code) under the model itself, whatever it was drawn with. */
  probabilityOf(code: number): number;
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
    drawer.look(rows, offset + i * drawer.codes);
    positions[i] = i;
    ids[i] = drawer.draw(rng.uniform());
    probabilities[i] = drawer.probabilityOf(ids[i]!);
  }
  return { positions, ids, probabilities };
}

/** Takes the tokens of a step that are known, for what the model thinks of them: their logits begin at rows[offset]. */
export function takeGiven(ids: Int32Array, drawer: Drawer, rows: Float32Array, offset: number): DrawnTokens {
  const probabilities = Float64Array.from(ids, (id, i) => {
    drawer.look(rows, offset + i * drawer.codes);
    return drawer.probabilityOf(id);
  });
  return { positions: Int32Array.from(ids.keys()), ids, probabilities };
}

/**
 * Drawing by the inverse of the cumulative distribution: softmax(logits / temperature), then the filters. Temperature 0
 * takes the likeliest code.
 */
export function createDrawer(codes: number, temperature: number, filters: TokenFilters): Drawer {
  let row: Float32Array = new Float32Array(0); // what is looked at
  const model = new Float64Array(codes);
  const tempered = temperature === 1 || temperature === 0 ? model : new Float64Array(codes);
  const shortlist = filtersAnything(filters) ? createShortlist(filters, model, tempered) : null;
  let highest = 0;
  let total = 0; // of `model`

  return {
    codes,

    look(logits, offset, least = 0) {
      const enough = 1 / least; // for a peak of 1 / total
      row = logits.subarray(offset, offset + codes);
      highest = highestOf(row);
      total = weigh(row, highest, 1, model, enough);
      if (total > enough) return 0;
      if (!(total >= 1 && total < Infinity)) throw notFinite();
      return 1 / total;
    },

    draw(u) {
      if (temperature === 0) return row.indexOf(highest);
      const sum = tempered === model ? total : weigh(row, highest, 1 / temperature, tempered);
      if (shortlist === null) return invert(tempered, u * sum) ?? row.indexOf(highest);
      const { order } = shortlist;
      const kept = shortlist.keep(row, highest, total, sum);
      const target = u * sumOf(tempered, order, 0, kept);
      return invertAmong(tempered, order, kept, target) ?? row.indexOf(highest);
    },

    probabilityOf: (code) => model[code]! / total,
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
