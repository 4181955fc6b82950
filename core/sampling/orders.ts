import type { FillRequest } from './request.ts';
import type { Rng } from '../base/rng.ts';
import { haltonOrder, haltonSequence } from './halton.ts';

/** The request's order, for one candidate at a time: each has a generator of its own. */
export function orderRules(request: FillRequest): (rng: Rng) => OrderRule {
  switch (request.order) {
    case 'random':
    case 'ancestral': // of an absorbing process; where tokens are replaced they all are drawn anew (kernel.ts)
      return () => randomOrder;
    case 'raster':
      return () => rasterOrder;
    case 'purity':
      return () => purityOrder;
    case 'confidence':
      return () => confidenceOrder(request.gumbel);
    case 'annealed':
      return () => annealedOrder(request.gumbel);
    case 'halton': {
      const sequence = haltonSequence(request.grid.width, request.grid.height);
      return (rng) => haltonOrder(sequence, rng);
    }
  }
}

/** How much one step of a fill reveals. */
export interface StepBudget {
  /** How many tokens; orders that draw each token by itself ignore it. */
  readonly count: number;
  /** With which probability each missing token, for those orders. */
  readonly probability: number;
  /** rho: which share of the steps is done once this one is. */
  readonly progress: number;
  /** The same without this step: 0 in the first, 1 in the last. */
  readonly before: number;
}

/** An order that chooses cells by position, before the denoiser is asked: only the chosen cells are denoised. */
export interface PositionOrder {
  readonly kind: 'position-based';
  /** Which of the missing cells (flat indices, ascending) are revealed; ascending likewise. */
  choose(missing: Int32Array, budget: StepBudget, rng: Rng): Int32Array;
}

/**
 * An order that chooses by confidence: the denoiser is asked about all missing cells, and those of the highest scores are
 * revealed. A score is log p + noise, with p a probability under the model.
 */
export interface ConfidenceOrder {
  readonly kind: 'confidence-based';
  /** Whose probability p is: the token's that was drawn for the cell, or its likeliest code's. */
  readonly of: 'drawn' | 'peak';
  /** What the noise is: Gumbel noise times this, and none where it is 0. */
  noise(budget: StepBudget): number;
}

export type OrderRule = PositionOrder | ConfidenceOrder;

/**
 * Each missing token is revealed by a coin of its own. Under the linear schedule the coin of the t-th last step has
 * probability 1/t (Unleashing Transformers, arXiv 2111.12701); see transitions.ts for the others.
 */
export const randomOrder: PositionOrder = {
  kind: 'position-based',
  choose: (missing, { probability }, rng) => missing.filter(() => rng.uniform() < probability),
};

/** Row by row, as an autoregressive model would: kept to show what context from both sides buys. */
export const rasterOrder: PositionOrder = {
  kind: 'position-based',
  choose: (missing, { count }) => missing.slice(0, count),
};

/**
 * The tokens that the model is most confident of: log p(x) + tau (1 - rho) g, with g Gumbel noise that fades as the fill goes
 * on (MaskGIT, arXiv 2202.04200). tau = 0 is greedy, tau -> infinity is a random order.
 */
export function confidenceOrder(tau: number): ConfidenceOrder {
  return { kind: 'confidence-based', of: 'drawn', noise: ({ progress }) => tau * (1 - progress) };
}

/** The same with noise that falls from tau in the first step to none in the last (aMUSEd, arXiv 2401.01808). */
export function annealedOrder(tau: number): ConfidenceOrder {
  return { kind: 'confidence-based', of: 'drawn', noise: ({ before }) => tau * (1 - before) };
}

/**
 * Positions drawn without replacement in proportion to the probability of their likeliest code (Improved VQ-Diffusion,
 * arXiv 2205.16007). The largest of log weight + Gumbel noise are just such a draw (Gumbel-top-k, arXiv 1903.06059).
 */
export const purityOrder: ConfidenceOrder = { kind: 'confidence-based', of: 'peak', noise: () => 1 };
