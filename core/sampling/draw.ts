import type { Rng } from '../base/rng.ts';
import { MASK } from '../tokens/grid.ts';
import type { Kernel } from './kernel.ts';
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
  /** The code that a number in [0, 1) stands for, which if uniform makes it a draw. Weights are raised to `sharpness`, 1 if left out. */
  draw(u: number, sharpness?: number): number;
  /** Fills `p` [K] with the distribution that codes are drawn from: under the temperature, among those that filters leave. */
  distribution(p: Float64Array): void;
  /** p(code) under the model itself, whatever it was drawn with. */
  confidence(code: number): number;
}

/** Tokens that were drawn for a step, some or all of its cells. */
export interface DrawnTokens {
  readonly positions: Int32Array; // [n], in the cells of the step, ascending
  readonly ids: Int32Array; // [n], MASK where the step makes it missing
  readonly probabilities: Float64Array; // [n], under the model; 0 of a missing one
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
 * Draws a token for each missing one of the cells whose logits begin at rows[offset], and takes the `budget.count` of the
 * highest scores: log p + Gumbel noise, as the order says. Of equal scores the lower cell's is taken.
 *
 * @param tokens what the cells hold
 * @param sharpening r: tokens are drawn from p^(1 + r s), with s the largest probability of any code there, as a share of the
 *   largest in all cells (Improved VQ-Diffusion, arXiv 2205.16007, equation 11); 0 for p as it is
 */
export function drawMostConfident(
  order: ConfidenceOrder,
  budget: StepBudget,
  tokens: Int32Array,
  sharpening: number,
  drawer: Drawer,
  rows: Float32Array,
  offset: number,
  rng: Rng,
): DrawnTokens {
  const cells = tokens.length;
  const scores = new Float64Array(cells);
  const ids = new Int32Array(cells);
  const probabilities = new Float64Array(cells);
  const missing = Int32Array.from(tokens.keys()).filter((i) => tokens[i] === MASK);
  let highest = 1;
  if (sharpening > 0) {
    highest = 0;
    for (let i = 0; i < cells; i++) highest = Math.max(highest, drawer.read(rows, offset + i * drawer.codes));
  }
  for (const i of missing) {
    const peak = drawer.read(rows, offset + i * drawer.codes);
    ids[i] = drawer.draw(rng.uniform(), 1 + (sharpening * peak) / highest);
    probabilities[i] = drawer.confidence(ids[i]);
    scores[i] = Math.log(order.of === 'peak' ? peak : probabilities[i]);
  }
  const factor = order.noise(budget);
  if (factor !== 0) for (const i of missing) scores[i]! += factor * rng.gumbel();
  const positions = missing
    .slice()
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, budget.count)
    .sort();
  return {
    positions,
    ids: positions.map((i) => ids[i]!),
    probabilities: Float64Array.from(positions, (i) => probabilities[i]!),
  };
}

/**
 * Draws every cell anew whose logits begin at rows[offset], by the posterior of the process.
 *
 * @param tokens what the cells hold at timestep `from`
 */
export function drawAncestral(
  kernel: Kernel,
  { from, to }: { readonly from: number; readonly to: number },
  tokens: Int32Array,
  drawer: Drawer,
  rows: Float32Array,
  offset: number,
  rng: Rng,
): DrawnTokens {
  const { codes } = drawer;
  const p = new Float64Array(codes);
  const weights = new Float64Array(codes + 1);
  const probabilities = new Float64Array(tokens.length);
  const ids = tokens.map((token, i) => {
    drawer.read(rows, offset + i * codes);
    drawer.distribution(p);
    const sum = kernel.posterior(p, token, from, to, weights);
    const drawn = invert(weights, rng.uniform() * sum) ?? lastOf(weights);
    if (drawn === codes) return MASK;
    probabilities[i] = drawer.confidence(drawn);
    return drawn;
  });
  return { positions: Int32Array.from(tokens.keys()), ids, probabilities };
}

/** The last index that has any weight: what rounding leaves over is its. */
function lastOf(weights: Float64Array): number {
  return weights.findLastIndex((weight) => weight > 0);
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
  const tempered = new Float64Array(codes);
  const shortlist = filtersAnything(filters) ? createShortlist(filters, model, tempered) : null;
  let highest = 0;
  let total = 0; // of `model`

  /** Fills `tempered`; returns its sum. */
  const temper = (sharpness: number): number => {
    if (sharpness !== temperature) return weigh(row, highest, sharpness / temperature, tempered);
    tempered.set(model);
    return total;
  };

  return {
    codes,

    read(logits, offset) {
      row = logits.subarray(offset, offset + codes);
      highest = highestOf(row);
      total = weigh(row, highest, 1, model);
      if (!(total >= 1 && total < Infinity)) throw notFinite();
      return 1 / total;
    },

    draw(u, sharpness = 1) {
      if (temperature === 0) return row.indexOf(highest);
      const sum = temper(sharpness);
      if (shortlist === null) return invert(tempered, u * sum) ?? row.indexOf(highest);
      const { order } = shortlist;
      const count = shortlist.keep(total, sum);
      return invertAmong(tempered, order, count, u * sumOf(tempered, order, count)) ?? row.indexOf(highest);
    },

    distribution(p) {
      p.fill(0);
      if (temperature === 0) {
        p[row.indexOf(highest)] = 1;
        return;
      }
      const sum = temper(1);
      if (shortlist === null) {
        for (let code = 0; code < codes; code++) p[code] = tempered[code]! / sum;
        return;
      }
      const { order } = shortlist;
      const count = shortlist.keep(total, sum);
      const kept = sumOf(tempered, order, count);
      for (let i = 0; i < count; i++) p[order[i]!] = tempered[order[i]!]! / kept;
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
