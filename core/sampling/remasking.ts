import type { Remasking, Schedule } from './request.ts';
import type { Rng } from '../base/rng.ts';
import { maskedShare } from './schedules.ts';

/** The share of tokens that the loop variant holds revealed where the request gives none. */
const LOOP_ALPHA = 0.9;

/**
 * alpha after each of `steps` steps, [steps + 1]: the share of tokens that is revealed, from 0 to 1. The loop variant of
 * ReMDM runs its schedule up to a share, holds that from `from` to `to`, then runs the schedule over the rest.
 */
export function revealedShares(schedule: Schedule, steps: number, remasking: Remasking): Float64Array {
  const shares = new Float64Array(steps + 1);
  const loop = loopOf(remasking, steps);
  for (let k = 1; k < steps; k++) {
    if (loop === null) shares[k] = 1 - maskedShare(schedule, k, steps);
    else if (k <= loop.from) shares[k] = loop.alpha * (1 - maskedShare(schedule, k, loop.from));
    else if (k <= loop.to) shares[k] = loop.alpha;
    else shares[k] = 1 - (1 - loop.alpha) * maskedShare(schedule, k - loop.to, steps - loop.to);
  }
  shares[steps] = 1;
  return shares;
}

/** The loop in whole steps: those after `from`, up to and with `to`. */
function loopOf(remasking: Remasking, steps: number): { from: number; to: number; alpha: number } | null {
  if (remasking.kind !== 'loop') return null;
  const from = Math.max(1, Math.round(remasking.from * steps));
  const to = Math.max(from, Math.min(steps - 1, Math.round(remasking.to * steps)));
  return { from, to, alpha: remasking.alpha ?? LOOP_ALPHA };
}

/**
 * sigma of step k, the probability with which a revealed token is masked again, where alpha goes from `before` to
 * `after`. It never exceeds sigma_max = min(1, (1 - after) / before), so the last step masks nothing.
 * cap: min(eta, sigma_max). rescale: eta sigma_max. conf: eta sigma_max, shared out by confidence (see remaskWeights).
 * loop: min(eta, sigma_max) inside the loop, 0 outside. (ReMDM, arXiv 2503.00307, section 4.1.)
 */
export function remaskProbability(
  remasking: Remasking,
  k: number,
  steps: number,
  before: number,
  after: number,
): number {
  if (before === 0) return 0;
  const most = Math.min(1, (1 - after) / before);
  switch (remasking.kind) {
    case 'none':
      return 0;
    case 'cap':
      return Math.min(remasking.eta, most);
    case 'rescale':
    case 'conf':
      return remasking.eta * most;
    case 'loop': {
      const loop = loopOf(remasking, steps);
      return loop !== null && k > loop.from && k <= loop.to ? Math.min(remasking.eta, most) : 0;
    }
  }
}

/**
 * The share of sigma that each revealed token gets under `conf`: softmax over them of -p, with p the probability that
 * the token had when it was revealed. The shares sum to 1: on average at most one token is masked again in a step.
 */
export function remaskWeights(revealed: Int32Array, probabilities: Float32Array): Float64Array {
  const weights = Float64Array.from(revealed, (cell) => Math.exp(-probabilities[cell]!));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Which of the revealed cells are masked again: a coin for each, then at most `most`, a random choice of them. */
export function chooseRemasked(
  revealed: Int32Array, // flat indices, ascending
  sigma: number,
  weights: Float64Array | null, // factors of sigma, one per cell
  most: number,
  rng: Rng,
): Int32Array {
  if (sigma === 0 || most === 0) return new Int32Array(0);
  const chosen = revealed.filter((_, i) => rng.uniform() < (weights === null ? sigma : sigma * weights[i]!));
  for (let excess = chosen.length; excess > most; excess--) {
    chosen[rng.below(excess)] = chosen[excess - 1]!;
  }
  return chosen.slice(0, most).sort();
}
