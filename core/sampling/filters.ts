import type { TokenFilters } from './request.ts';

/** The codes that may be drawn are order[0 .. keep(...)). */
export interface Shortlist {
  readonly order: Int32Array; // [K]
  /** Sorts the codes of a row whose weights are in the buffers, likeliest first, and says how many may be drawn. */
  readonly keep: (modelTotal: number, temperedTotal: number) => number;
}

/** Whether a filter can leave anything out. */
export function filtersAnything(filters: TokenFilters): boolean {
  return filters.topK !== undefined || (filters.topP ?? 1) < 1 || (filters.truncation ?? 1) < 1;
}

/**
 * Every filter keeps some of the likeliest codes (ties: the lower id), at least one, so together they keep the shortest
 * of their lists:
 * - topK: the k likeliest;
 * - topP: the fewest whose mass reaches p, under the tempered distribution that topK left (nucleus sampling,
 *   arXiv 1904.09751);
 * - truncation: those before which less than r has accumulated, under the model's own distribution at temperature 1
 *   (VQ-Diffusion, arXiv 2111.14822), so that r keeps the same codes at every temperature.
 */
export function createShortlist(
  filters: TokenFilters,
  model: Float64Array, // [K], buffer of the weights at temperature 1
  tempered: Float64Array, // [K], buffer of the weights after temperature
): Shortlist {
  const codes = model.length;
  const { topK = codes, topP = 1, truncation = 1 } = filters;
  const order = new Int32Array(codes);
  return {
    order,
    keep(modelTotal, temperedTotal) {
      // The model's weights rank codes as the tempered ones do, without their underflow at low temperatures.
      for (let code = 0; code < codes; code++) order[code] = code;
      order.sort((a, b) => model[b]! - model[a]! || a - b);
      let count = Math.min(topK, codes);
      if (topP < 1) {
        const total = count === codes ? temperedTotal : sumOf(tempered, order, count);
        count = countReaching(topP * total, tempered, order, count);
      }
      if (truncation < 1) count = countReaching(truncation * modelTotal, model, order, count);
      return Math.max(count, 1);
    },
  };
}

/** The sum of the weights of order[0 .. count). */
export function sumOf(weights: Float64Array, order: Int32Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weights[order[i]!]!;
  return sum;
}

/** How many codes, in this order, it takes until their weights add up to `mass`; at most `count`. */
function countReaching(mass: number, weights: Float64Array, order: Int32Array, count: number): number {
  let rest = mass;
  let taken = 0;
  while (taken < count && rest > 0) rest -= weights[order[taken++]!]!;
  return taken;
}
