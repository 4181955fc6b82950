import type { Schedule } from './request.ts';

/**
 * The share of tokens that is still masked after `step` of `steps`: 1 at 0, 0 at the end, strictly decreasing. cosine, linear
 * and square are those of MaskGIT (arXiv 2202.04200), arccos is that of Halton-MaskGIT (arXiv 2503.17076), purity that of
 * Improved VQ-Diffusion.
 */
export function maskedShare(schedule: Schedule, step: number, steps: number): number {
  const rho = step / steps;
  if (rho <= 0) return 1;
  if (rho >= 1) return 0;
  switch (schedule) {
    case 'cosine':
      return Math.cos((Math.PI / 2) * rho);
    case 'linear':
      return 1 - rho;
    case 'arccos':
      return Math.acos(rho) / (Math.PI / 2);
    case 'square':
      return 1 - rho * rho;
    case 'purity':
      return 1 - revealedByPurity(step, steps);
  }
}

/** Of how many tokens the published counts are. */
const PUBLISHED = 1024;

/**
 * The share of tokens that purity sampling has revealed after a step: nearly as many in each, with half a step's more in the
 * first and as many fewer in the last. For 100, 50, 25 and 10 steps the counts are the published ones (Improved VQ-Diffusion,
 * arXiv 2205.16007, `n_sample` of its code).
 */
function revealedByPurity(step: number, steps: number): number {
  const left = 1 / (4 * PUBLISHED); // something for the last step
  switch (steps) {
    case 100: // 11, 11, then 10, 10, 11 again and again
      return Math.min(1 - left, (11 * step - (step < 2 ? 0 : Math.ceil(((step - 2) * 2) / 3))) / PUBLISHED);
    case 50: // 30, then 20 and 21 in turn
      return (30 + 20 * (step - 1) + Math.floor((step - 1) / 2)) / PUBLISHED;
    case 25:
      return (60 + 41 * (step - 1)) / PUBLISHED;
    case 10:
      return (139 + 102 * (step - 1)) / PUBLISHED;
    default:
      return (step + 0.5) / steps;
  }
}

/**
 * How many of `count` tokens are masked after each step: element 0 is `count`, the last is 0, and every step reveals
 * at least one. There are min(steps, count) steps, since more could not each reveal a token.
 */
export function maskedCounts(schedule: Schedule, count: number, steps: number): Int32Array {
  const used = Math.min(steps, count);
  const masked = new Int32Array(used + 1); // [steps + 1]
  masked[0] = count;
  for (let k = 1; k <= used; k++) {
    const wanted = floorShare(count, maskedShare(schedule, k, used));
    masked[k] = Math.min(Math.max(wanted, used - k), masked[k - 1]! - 1);
  }
  return masked;
}

/** floor(count * share), where a product that misses a whole number by rounding alone counts as that number. */
export function floorShare(count: number, share: number): number {
  return Math.floor(count * share + 1e-9);
}
