import type { BlindOrder } from './order.ts';

/**
 * Each missing token is revealed by a coin of its own. Under the linear schedule the coin of the t-th last step has
 * probability 1/t (Unleashing Transformers, arXiv 2111.12701); see transitions.ts for the others.
 */
export const randomOrder: BlindOrder = {
  kind: 'blind',
  choose: (missing, { probability }, rng) => missing.filter(() => rng.uniform() < probability),
};
