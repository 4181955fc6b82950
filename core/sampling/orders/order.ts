import type { Rng } from '../rng.ts';

/** What one step of a fill is to reveal. */
export interface Quota {
  /** How many tokens; orders that draw each token by itself ignore it. */
  readonly count: number;
  /** With which probability each missing token, for those orders. */
  readonly probability: number;
  /** rho: which share of the steps is done once this one is. */
  readonly progress: number;
}

/** What the denoiser said of every missing cell, one token drawn for each; the arrays may be longer than n. */
export interface Draws {
  readonly cells: Int32Array; // [n], flat indices, ascending
  readonly ids: Int32Array; // [n]
  readonly probabilities: Float64Array; // [n], of the ids under the model
  readonly peaks: Float64Array; // [n], of the likeliest code under the model
}

/** An order that needs no prediction to choose: only the chosen cells are denoised. */
export interface BlindOrder {
  readonly kind: 'blind';
  /** Which of the missing cells (flat indices, ascending) are revealed; ascending likewise. */
  choose(missing: Int32Array, quota: Quota, rng: Rng): Int32Array;
}

/** An order that looks at what the denoiser says of all missing cells: the highest scores are revealed. */
export interface SightedOrder {
  readonly kind: 'sighted';
  /** Fills scores[0 .. n). */
  score(draws: Draws, quota: Quota, rng: Rng, scores: Float64Array): void;
}

export type OrderRule = BlindOrder | SightedOrder;
