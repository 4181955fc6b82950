import { MASK } from '../tokens/grid.ts';
import type { Contest } from './contest.ts';
import { createContest } from './contest.ts';
import type { Drawer, DrawnTokens } from './draw.ts';
import { drawAll, takeGiven } from './draw.ts';
import type { OrderRule, Quota } from './orders/order.ts';
import { chooseRemasked, remaskWeights } from './remasking.ts';
import type { CandidateStep, FillRequest } from './request.ts';
import type { Rng } from '../base/rng.ts';
import { type Sketch, sketchOf } from './sketch.ts';
import type { Transition } from './transitions.ts';

/** One result in the making. */
export interface Candidate {
  readonly ids: Int32Array; // [height * width], MASK where missing
  readonly free: Int32Array; // flat indices, ascending: the hole without its pins
  readonly believed: Float32Array; // [height * width], the model's probability of each token when it was revealed
  readonly rule: OrderRule;
  readonly rng: Rng; // its own, so that it does not depend on the candidates beside it
  readonly contest: Contest | null; // null for blind orders
  readonly sketch: Sketch | null; // what its first step takes over
}

/** What a step is about to do, before the denoiser has been asked. */
export interface StepPlan {
  readonly quota: Quota;
  readonly remasked: Int32Array; // cells, ascending
  readonly cells: Int32Array; // whose tokens are drawn, ascending
  readonly given: Int32Array | null; // those tokens, where they are not drawn but known
}

/** Candidate `index` at the beginning of a fill, or at the start of a branch. */
export function createCandidate(
  request: FillRequest,
  index: number,
  free: Int32Array,
  rule: OrderRule,
  rng: Rng,
): Candidate {
  const { grid, start } = request;
  const ids = Int32Array.from(start?.ids ?? grid.ids);
  if (!start) for (const cell of free) ids[cell] = MASK;
  const believed = start ? Float32Array.from(start.believed) : new Float32Array(ids.length);
  const contest = rule.kind === 'sighted' ? createContest(free.length, rule, rng) : null;
  const sketch = sketchOf(request, index, free, rng);
  return { ids, free, believed, rule, rng, contest, sketch };
}

/** The first step of several: what the sketch says, or like every other step. */
export function planFirstStep(candidate: Candidate, transition: Transition): StepPlan {
  const { sketch } = candidate;
  if (!sketch) return planStep(candidate, transition);
  const quota = { count: sketch.cells.length, probability: 1, progress: transition.progress };
  return { quota, remasked: new Int32Array(0), cells: sketch.cells, given: sketch.ids };
}

/** Which tokens a step masks again, and for which cells it needs the denoiser. */
export function planStep(candidate: Candidate, transition: Transition): StepPlan {
  const { believed, rule, rng } = candidate;
  const missing = cellsWhere(candidate, true);
  const revealed = cellsWhere(candidate, false);
  const weights = transition.byConfidence ? remaskWeights(revealed, believed) : null;
  const remasked = chooseRemasked(revealed, transition.remask, weights, transition.mostRemasked, rng);

  // A branch may begin with fewer missing than the schedule has by then.
  const count = Math.max(0, missing.length + remasked.length - transition.masked);
  const quota = { count, probability: transition.reveal, progress: transition.progress };
  const cells =
    rule.kind === 'blind' ? rule.choose(missing, quota, rng) : count > 0 ? missing : new Int32Array(0);
  return { quota, remasked, cells, given: null };
}

/** The free cells that are missing, or those that are not. */
function cellsWhere({ ids, free }: Candidate, missing: boolean): Int32Array {
  const cells = new Int32Array(free.length);
  let count = 0;
  for (const cell of free) if ((ids[cell] === MASK) === missing) cells[count++] = cell;
  return cells.subarray(0, count);
}

/** The tokens that a step reveals, given the logits of its cells. */
export function drawTokens(
  { contest, rng }: Candidate,
  { cells, quota, given }: StepPlan,
  drawer: Drawer,
  rows: Float32Array,
  offset: number,
): DrawnTokens {
  if (given !== null) return takeGiven(given, drawer, rows, offset);
  if (contest === null) return drawAll(cells.length, drawer, rows, offset, rng);
  return contest(quota, cells.length, drawer, rows, offset);
}

/** Reveals the step's tokens (null: none), masks others again, and says what changed. */
export function commitStep(candidate: Candidate, plan: StepPlan, drawn: DrawnTokens | null): CandidateStep {
  const { ids, believed, rng } = candidate;
  const count = drawn?.positions.length ?? 0;
  const changed = new Int32Array(count + plan.remasked.length);
  const probabilities = new Float32Array(changed.length).fill(NaN);

  drawn?.positions.forEach((position, i) => {
    const cell = plan.cells[position]!;
    ids[cell] = drawn.ids[i]!;
    believed[cell] = drawn.probabilities[i]!;
    changed[i] = cell;
    probabilities[i] = drawn.probabilities[i]!;
  });
  for (const cell of plan.remasked) ids[cell] = MASK;
  changed.set(plan.remasked, count);

  const missing = cellsWhere(candidate, true).length;
  return { ids: ids.slice(), changed, probabilities, missing, rng: rng.state() };
}
