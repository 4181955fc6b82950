import { MASK } from '../tokens/grid.ts';
import type { Draw, Drawer } from './draw.ts';
import type { OrderRule, Quota, SightedOrder } from './orders/order.ts';
import { chooseRemasked, remaskWeights } from './remasking.ts';
import type { CandidateStep } from './request.ts';
import type { Rng } from './rng.ts';
import { takeLargest } from './select.ts';
import type { Transition } from './transitions.ts';

/** One result in the making. */
export interface Candidate {
  readonly ids: Int32Array; // [height * width], MASK where missing
  readonly free: Int32Array; // flat indices, ascending: the hole without its pins
  readonly believed: Float32Array; // [height * width], the model's probability of each token when it was revealed
  readonly rule: OrderRule;
  readonly rng: Rng; // its own, so that it does not depend on the candidates beside it
  readonly scratch: Scratch;
}

/** Buffers as long as `free`, for one step at a time. */
interface Scratch {
  readonly ids: Int32Array;
  readonly probabilities: Float64Array;
  readonly peaks: Float64Array;
  readonly scores: Float64Array;
  readonly order: Int32Array;
  readonly draw: Draw;
}

/** What a step is about to do, before the denoiser has been asked. */
export interface StepPlan {
  readonly quota: Quota;
  readonly remasked: Int32Array; // cells, ascending
  readonly cells: Int32Array; // whose tokens are drawn, ascending
}

export function createCandidate(
  ids: readonly number[],
  free: Int32Array,
  rule: OrderRule,
  rng: Rng,
): Candidate {
  const start = Int32Array.from(ids);
  for (const cell of free) start[cell] = MASK;
  const scratch = {
    ids: new Int32Array(free.length),
    probabilities: new Float64Array(free.length),
    peaks: new Float64Array(free.length),
    scores: new Float64Array(free.length),
    order: new Int32Array(free.length),
    draw: { id: MASK, probability: 0, peak: 0 },
  };
  return { ids: start, free, believed: new Float32Array(start.length), rule, rng, scratch };
}

/** Which tokens a step masks again, and for which cells it needs the denoiser. */
export function planStep(candidate: Candidate, transition: Transition): StepPlan {
  const { ids, free, believed, rule, rng } = candidate;
  const missing = free.filter((cell) => ids[cell] === MASK);
  const revealed = free.filter((cell) => ids[cell] !== MASK);
  const weights = transition.byConfidence ? remaskWeights(revealed, believed) : null;
  const remasked = chooseRemasked(revealed, transition.remask, weights, transition.mostRemasked, rng);

  const count = missing.length + remasked.length - transition.masked;
  const quota = { count, probability: transition.reveal, progress: transition.progress };
  if (rule.kind === 'blind') return { quota, remasked, cells: rule.choose(missing, quota, rng) };
  return { quota, remasked, cells: count > 0 ? missing : new Int32Array(0) };
}

/** Draws the token of `plan.cells[position]` from its logits; positions come in order. */
export function drawToken(
  { scratch, rng }: Candidate,
  drawer: Drawer,
  position: number,
  rows: Float32Array,
  offset: number,
): void {
  drawer(rows, offset, rng, scratch.draw);
  scratch.ids[position] = scratch.draw.id;
  scratch.probabilities[position] = scratch.draw.probability;
  scratch.peaks[position] = scratch.draw.peak;
}

/** Reveals the step's tokens, masks others again, and says what changed. */
export function commitStep(candidate: Candidate, plan: StepPlan): CandidateStep {
  const { ids, free, believed, rule, scratch } = candidate;
  const chosen = rule.kind === 'blind' ? plan.cells.keys() : highestScores(candidate, rule, plan);
  const positions = Int32Array.from(chosen);
  const changed = new Int32Array(positions.length + plan.remasked.length);
  const probabilities = new Float32Array(changed.length).fill(NaN);

  positions.forEach((position, i) => {
    const cell = plan.cells[position]!;
    ids[cell] = scratch.ids[position]!;
    believed[cell] = scratch.probabilities[position]!;
    changed[i] = cell;
    probabilities[i] = believed[cell]!;
  });
  for (const cell of plan.remasked) ids[cell] = MASK;
  changed.set(plan.remasked, positions.length);

  const missing = free.reduce((sum, cell) => sum + (ids[cell] === MASK ? 1 : 0), 0);
  return { ids: ids.slice(), changed, probabilities, missing };
}

/** The positions in `plan.cells` that an order which looked at all of them prefers, ascending. */
function highestScores({ scratch, rng }: Candidate, rule: SightedOrder, plan: StepPlan): Int32Array {
  const { cells, quota } = plan;
  const { ids, probabilities, peaks, scores, order } = scratch;
  rule.score({ cells, ids, probabilities, peaks }, quota, rng, scores);
  for (let i = 0; i < cells.length; i++) order[i] = i;
  const count = takeLargest(order, 0, cells.length, scores, quota.count);
  return order.slice(0, count).sort();
}
