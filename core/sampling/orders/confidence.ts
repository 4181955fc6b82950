import type { SightedOrder } from './order.ts';

/**
 * The tokens that the model believes in most: log p(x) + tau (1 - rho) g, with g Gumbel noise that fades as the fill goes
 * on (MaskGIT, arXiv 2202.04200). tau = 0 is greedy, tau -> infinity is a random order.
 */
export function confidenceOrder(tau: number): SightedOrder {
  return { kind: 'sighted', belief: 'drawn', noise: ({ progress }) => tau * (1 - progress) };
}
