import { TesseraError } from '../ipc/errors.ts';
import { expOfNegative } from './exp.ts';
import { createShortlist, filtersAnything } from './filters.ts';
import type { TokenFilters } from './request.ts';
import type { Rng } from './rng.ts';
import { sumOf } from './select.ts';

/** One drawn token. */
export interface Draw {
  id: number;
  /** p(id) under the model itself: at temperature 1 and without filters, whatever it was drawn with. */
  probability: number;
  /** The largest probability of any code, likewise. */
  peak: number;
}

/** Draws a token from the logits rows[offset .. offset + K) into `draw`, using one uniform number of `rng`. */
export type Drawer = (rows: Float32Array, offset: number, rng: Rng, draw: Draw) => void;

/**
 * Drawing by the inverse of the cumulative distribution: softmax(logits / temperature), then the filters. Temperature 0
 * takes the likeliest code. Throws a 'package' error for logits that are no distribution (NaN, or infinite throughout).
 */
export function createDrawer(codes: number, temperature: number, filters: TokenFilters): Drawer {
  const model = new Float64Array(codes);
  const tempered = temperature === 1 || temperature === 0 ? model : new Float64Array(codes);
  const shortlist = filtersAnything(filters) ? createShortlist(filters, model, tempered) : null;

  return (rows, offset, rng, draw) => {
    const best = argmax(rows, offset, codes);
    const highest = rows[offset + best]!;
    const total = weigh(rows, offset, highest, 1, model);
    if (!(total >= 1 && total < Infinity)) throw notFinite();
    draw.peak = 1 / total;

    const u = rng.uniform();
    if (temperature === 0) {
      draw.id = best;
    } else {
      const sum = tempered === model ? total : weigh(rows, offset, highest, 1 / temperature, tempered);
      if (shortlist === null) {
        draw.id = invert(tempered, u * sum, best);
      } else {
        const { order } = shortlist;
        const kept = shortlist.keep(rows, offset, highest, total, sum);
        draw.id = invertAmong(tempered, order, kept, u * sumOf(tempered, order, 0, kept), best);
      }
    }
    draw.probability = model[draw.id]! / total;
  };
}

function argmax(rows: Float32Array, offset: number, codes: number): number {
  let best = 0;
  let highest = rows[offset]!;
  for (let i = 1; i < codes; i++) {
    const value = rows[offset + i]!;
    if (value > highest) {
      highest = value;
      best = i;
    }
  }
  return best;
}

/** weights = exp((logits - highest) * sharpness); returns their sum. */
function weigh(
  rows: Float32Array,
  offset: number,
  highest: number,
  sharpness: number,
  weights: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = expOfNegative((rows[offset + i]! - highest) * sharpness);
    weights[i] = weight;
    sum += weight;
  }
  return sum;
}

/** The first code at which the cumulative weight exceeds `target`; `fallback` where rounding leaves none. */
function invert(weights: Float64Array, target: number, fallback: number): number {
  let rest = target;
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i]!;
    if (rest < 0) return i;
  }
  return fallback;
}

function invertAmong(
  weights: Float64Array,
  order: Int32Array,
  count: number,
  target: number,
  fallback: number,
): number {
  let rest = target;
  for (let i = 0; i < count; i++) {
    const code = order[i]!;
    rest -= weights[code]!;
    if (rest < 0) return code;
  }
  return fallback;
}

const notFinite = (): TesseraError =>
  new TesseraError(
    'package',
    'The denoiser gave numbers that are no probabilities.',
    'The model package is damaged or does not suit this provider; install it again or choose the CPU provider.',
  );
