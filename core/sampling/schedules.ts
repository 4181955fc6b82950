import type { Schedule } from './request.ts';

/**
 * The share of tokens that is still masked at progress rho in [0, 1]: 1 at 0, 0 at 1, strictly decreasing.
 * cosine, linear and square are those of MaskGIT (arXiv 2202.04200), arccos is that of Halton-MaskGIT (arXiv 2503.17076).
 */
export function maskedShare(schedule: Schedule, rho: number): number {
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
    const wanted = floorShare(count, maskedShare(schedule, k / used));
    masked[k] = Math.min(Math.max(wanted, used - k), masked[k - 1]! - 1);
  }
  return masked;
}

/** floor(count * share), where a product that misses a whole number by rounding alone counts as that number. */
export function floorShare(count: number, share: number): number {
  return Math.floor(count * share + 1e-9);
}
