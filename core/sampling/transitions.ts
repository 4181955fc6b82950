import type { NoiseProcess } from '../model/denoiser.ts';
import { processOf, timestepOf, timesteps } from './noise.ts';
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
  /** The same without this step: 0 in the first, 1 in the last. */
  readonly before: number;
  /** How noisy the tokens are before it and after it, as timesteps of the process; -1 without noise. */
  readonly from: number;
  readonly to: number;
  /** The share of tokens that the process has as noise after it. */
  readonly left: number;
  /** Whether every token is drawn anew by the posterior of the process, missing or not. */
  readonly ancestral: boolean;
}

const NOTHING_TO_DO: Transition = {
  masked: 0,
  mostRemasked: 0,
  reveal: 1,
  remask: 0,
  byConfidence: false,
  progress: 1,
  before: 1,
  from: 0,
  to: -1,
  left: 0,
  ancestral: false,
};

/** Whether a request follows the posterior of a process that replaces tokens; of an absorbing one that is the random order. */
export function followsProcess({ order }: Pick<FillRequest, 'order'>, process: NoiseProcess): boolean {
  return order === 'ancestral' && process.kind !== 'absorbing';
}

/**
 * The steps of a fill of `count` tokens, the last of which leaves none missing.
 *
 * Without remasking an order that counts takes at most `count` steps, each revealing at least one token. With it there
 * are as many steps as asked for: a token that was masked again is one more to reveal. The random order too takes them
 * all, since more steps come closer to one token at a time; a step that reveals nothing costs no pass of the denoiser.
 * The ancestral order takes at most as many as its process has.
 *
 * With alpha the share of revealed tokens before (t) and after (s), a missing token is revealed with probability
 * (alpha_s - (1 - sigma) alpha_t) / (1 - alpha_t) (ReMDM, arXiv 2503.00307; conf takes sigma = 0 for missing tokens).
 * Without remasking and under the linear schedule that is 1/t, t counting the steps down.
 */
export function planTransitions(
  request: FillRequest,
  count: number,
  process: NoiseProcess = processOf({}),
): Transition[] {
  if (count === 0) return [NOTHING_TO_DO];
  if (followsProcess(request, process)) return ancestralTransitions(request, process);
  const { order, remasking } = request;
  const schedule = order === 'ancestral' ? 'linear' : request.schedule;
  const counted = order !== 'random' && order !== 'ancestral' && remasking.kind === 'none';
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
    const last = i === steps - 1;
    // Purity sampling counts steps of the process, and ends as the process does.
    const left = (share: number, done: number): number => (order === 'purity' ? 1 - done / steps : 1 - share);
    return {
      masked: masked[i + 1]!,
      mostRemasked: order === 'random' || order === 'ancestral' ? count : masked[i + 1]!,
      reveal: (after - (1 - sigma) * before) / (1 - before),
      remask,
      byConfidence,
      progress: (i + 1) / steps,
      before: steps > 1 ? i / (steps - 1) : 1,
      from: timestepOf(process, left(before, i)),
      to: last ? -1 : timestepOf(process, left(after, i + 1)),
      left: 1 - after,
      ancestral: last && order === 'purity' && process.kind === 'mask-and-replace',
    };
  });
}

function ancestralTransitions({ steps, strength = 1 }: FillRequest, process: NoiseProcess): Transition[] {
  const times = timesteps(process.steps, steps, strength);
  const count = times.length - 1;
  return times.slice(0, -1).map((from, i) => ({
    ...NOTHING_TO_DO,
    progress: (i + 1) / count,
    before: count > 1 ? i / (count - 1) : 1,
    from,
    to: times[i + 1]!,
    left: (times[i + 1]! + 1) / process.steps,
    ancestral: true,
  }));
}
