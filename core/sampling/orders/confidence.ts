import type { SightedOrder } from './order.ts';

/**
 * The tokens that the model believes in most: log p(x) + tau (1 - rho) g, with g Gumbel noise that fades as the fill goes
 * on (MaskGIT, arXiv 2202.04200). tau = 0 is greedy, tau -> infinity is a random order.
 */
export function confidenceOrder(tau: number): SightedOrder {
  return {
    kind: 'sighted',
    score(draws, { progress }, rng, scores) {
      const noise = tau * (1 - progress);
      for (let i = 0; i < draws.cells.length; i++) {
        scores[i] = Math.log(draws.probabilities[i]!) + (noise === 0 ? 0 : noise * rng.gumbel());
      }
    },
  };
}
