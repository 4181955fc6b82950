import type { Rng } from '../../base/rng.ts';

/** What one step of a fill is to reveal. */
export interface Quota {
  /** How many tokens; orders that draw each token by itself ignore it. */
  readonly count: number;
  /** With which probability each missing token, for those orders. */
  readonly probability: number;
  /** rho: which share of the steps is done once this one is. */
  readonly progress: number;
}

/** An order that needs no prediction to choose: only the chosen cells are denoised. */
export interface BlindOrder {
  readonly kind: 'blind';
  /** Which of the missing cells (flat indices, ascending) are revealed; ascending likewise. */
  choose(missing: Int32Array, quota: Quota, rng: Rng): Int32Array;
}

/**
 * An order that looks at what the denoiser says of all missing cells. The highest scores are revealed, where a score is
 * log p + noise, and p a probability under the model.
 */
export interface SightedOrder {
  readonly kind: 'sighted';
  /** Whose probability p is: the token's that was drawn for the cell, or its likeliest code's. */
  readonly belief: 'drawn' | 'peak';
  /** What the noise is: Gumbel noise times this, and none where it is 0. */
  noise(quota: Quota): number;
}

export type OrderRule = BlindOrder | SightedOrder;
