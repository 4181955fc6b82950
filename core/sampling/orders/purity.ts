import type { SightedOrder } from './order.ts';

/**
 * Positions drawn without replacement in proportion to the probability of their likeliest code (Improved VQ-Diffusion,
 * arXiv 2205.16007). The largest of log weight + Gumbel noise are just such a draw (Gumbel-top-k, arXiv 1903.06059).
 */
export const purityOrder: SightedOrder = { kind: 'sighted', belief: 'peak', noise: () => 1 };
