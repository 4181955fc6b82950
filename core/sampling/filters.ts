import { createRanking } from './ranking.ts';
import type { TokenFilters } from './request.ts';
import { sumOf } from './select.ts';

/** The codes that may be drawn are order[0 .. keep(...)). */
export interface Shortlist {
  readonly order: Int32Array; // [K]
  /** Looks at a row of logits, whose weights are in the buffers by now. */
  readonly keep: (
    logits: Float32Array, // [K]
    highest: number, // of the logits
    modelTotal: number,
    temperedTotal: number,
  ) => number;
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
  const ranking = createRanking(codes);
  const { order } = ranking;
  return {
    order,
    keep(logits, highest, modelTotal, temperedTotal) {
      // The model's weights rank codes as the tempered ones do, without their underflow at low temperatures.
      ranking.arrange(logits, codes, highest);
      let kept = codes;
      if (topK < codes) kept = ranking.take(kept, model, topK, model, Infinity);
      if (topP < 1) {
        const total = kept === codes ? temperedTotal : sumOf(tempered, order, 0, kept);
        kept = ranking.take(kept, model, kept, tempered, topP * total);
      }
      if (truncation < 1) kept = ranking.take(kept, model, kept, model, truncation * modelTotal);
      return Math.max(kept, 1);
    },
  };
}
