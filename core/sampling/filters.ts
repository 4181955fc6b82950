import type { TokenFilters } from './request.ts';
import { takeLargest } from './select.ts';

/** Whether a filter can leave anything out. */
export function filtersAnything(filters: TokenFilters): boolean {
  return filters.topK !== undefined || (filters.topP ?? 1) < 1 || (filters.truncation ?? 1) < 1;
}

/**
 * Puts the codes that may be drawn at the front of `order` and returns how many they are, at least one. Every filter
 * keeps some of the likeliest codes (ties: the lower id), so together they keep the shortest of their lists:
 * - topK: the k likeliest;
 * - topP: the fewest whose mass reaches p, under the tempered distribution that the filters before it left
 *   (nucleus sampling, arXiv 1904.09751);
 * - truncation: those before which less than r has accumulated, under the model's own distribution at temperature 1
 *   (VQ-Diffusion, arXiv 2111.14822), so that r keeps the same codes at every temperature.
 */
export function keepAllowed(
  order: Int32Array, // [K], scratch
  tempered: Float64Array, // [K], weights after temperature; need not sum to 1
  model: Float64Array, // [K], weights at temperature 1
  modelTotal: number,
  filters: TokenFilters,
): number {
  const codes = order.length;
  for (let i = 0; i < codes; i++) order[i] = i;
  const { topK = codes, topP = 1, truncation = 1 } = filters;
  let kept = codes;
  // The model's weights rank codes as the tempered ones do, without their underflow at low temperatures.
  if (topK < codes) kept = takeLargest(order, kept, model, topK);
  if (topP < 1) kept = takeLargest(order, kept, model, kept, tempered, topP * sumOf(tempered, order, kept));
  if (truncation < 1) kept = takeLargest(order, kept, model, kept, model, truncation * modelTotal);
  return Math.max(kept, 1);
}

/** The sum of the weights at order[0 .. count). */
export function sumOf(weights: Float64Array, order: Int32Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weights[order[i]!]!;
  return sum;
}
