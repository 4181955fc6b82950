import { remaskProbability, revealedShares } from './remasking.ts';
import type { FillRequest } from './request.ts';
import { floorShare, maskedCounts } from './schedules.ts';

/** What one step is to do to each candidate; the orders decide to which tokens. */
export interface Transition {
  /** How many tokens are masked after it, for the orders that count. */
  readonly masked: number;
  /** At most how many tokens may be masked again, so that `masked` can be met. */
  readonly mostRemasked: number;
  /** With which probability a missing token is revealed, for the order that draws each by itself. */
  readonly reveal: number;
  /** sigma: with which probability a revealed token is masked again. */
  readonly remask: number;
  /** Whether sigma is shared out by confidence. */
  readonly byConfidence: boolean;
  /** rho: which share of the steps is done once this one is. */
  readonly progress: number;
}

const NOTHING_TO_DO: Transition = {
  masked: 0,
  mostRemasked: 0,
  reveal: 1,
  remask: 0,
  byConfidence: false,
  progress: 1,
};

/**
 * The steps of a fill of `count` tokens, the last of which leaves none missing.
 *
 * Without remasking an order that counts takes at most `count` steps, each revealing at least one token. With it there
 * are as many steps as asked for: a token that was masked again is one more to reveal. The random order too takes them
 * all, since more steps come closer to one token at a time; a step that reveals nothing costs no pass of the denoiser.
 *
 * With alpha the share of revealed tokens before (t) and after (s), a missing token is revealed with probability
 * (alpha_s - (1 - sigma) alpha_t) / (1 - alpha_t) (ReMDM, arXiv 2503.00307; conf takes sigma = 0 for missing tokens).
 * Without remasking and under the linear schedule that is 1/t, t counting the steps down.
 */
export function planTransitions(request: FillRequest, count: number): Transition[] {
  if (count === 0) return [NOTHING_TO_DO];
  const { order, schedule, remasking } = request;
  const counted = order !== 'random' && remasking.kind === 'none';
  const steps = counted ? Math.min(request.steps, count) : request.steps;
  const shares = revealedShares(schedule, steps, remasking);
  const masked = counted
    ? maskedCounts(schedule, count, steps)
    : Int32Array.from(shares, (share) => floorShare(count, 1 - share));

  return Array.from({ length: steps }, (_, i) => {
    const before = shares[i]!;
    const after = shares[i + 1]!;
    const remask = remaskProbability(remasking, i + 1, steps, before, after);
    const byConfidence = remasking.kind === 'conf';
    const sigma = byConfidence ? 0 : remask;
    return {
      masked: masked[i + 1]!,
      mostRemasked: order === 'random' ? count : masked[i + 1]!,
      reveal: (after - (1 - sigma) * before) / (1 - before),
      remask,
      byConfidence,
      progress: (i + 1) / steps,
    };
  });
}
