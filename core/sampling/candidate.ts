import { MASK } from '../tokens/grid.ts';
import type { Drawer, DrawnTokens } from './draw.ts';
import { drawAll, drawMostConfident, takeGiven } from './draw.ts';
import type { OrderRule, StepBudget } from './orders.ts';
import { chooseRemasked, remaskWeights } from './remasking.ts';
import type { CandidateStep, FillRequest } from './request.ts';
import type { Rng } from '../base/rng.ts';
import { type CoarseTokens, coarseTokensOf } from './coarse.ts';
import type { Transition } from './transitions.ts';

/** One result in the making. */
export interface Candidate {
  readonly ids: Int32Array; // [height * width], MASK where missing
  readonly free: Int32Array; // flat indices, ascending: the hole without its pins
  readonly confidence: Float32Array; // [height * width], the model's probability of each token when it was revealed
  readonly rule: OrderRule;
  readonly rng: Rng; // its own, so that it does not depend on the candidates beside it
  readonly coarse: CoarseTokens | null; // what its first step takes over
}

/** What a step is about to do, before the denoiser has been asked. */
export interface StepPlan {
  readonly budget: StepBudget;
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
  const confidence = start ? Float32Array.from(start.believed) : new Float32Array(ids.length);
  const coarse = coarseTokensOf(request, index, free, rng);
  return { ids, free, confidence, rule, rng, coarse };
}

/** The first step of several: what the coarse pass gave, or like every other step. */
export function planFirstStep(candidate: Candidate, transition: Transition): StepPlan {
  const { coarse } = candidate;
  if (!coarse) return planStep(candidate, transition);
  const budget = { count: coarse.cells.length, probability: 1, progress: transition.progress };
  return { budget, remasked: new Int32Array(0), cells: coarse.cells, given: coarse.ids };
}

/** Which tokens a step masks again, and for which cells it needs the denoiser. */
export function planStep(candidate: Candidate, transition: Transition): StepPlan {
  const { confidence, rule, rng } = candidate;
  const missing = cellsWhere(candidate, true);
  const revealed = cellsWhere(candidate, false);
  const weights = transition.byConfidence ? remaskWeights(revealed, confidence) : null;
  const remasked = chooseRemasked(revealed, transition.remask, weights, transition.mostRemasked, rng);

  // A branch may begin with fewer missing than the schedule has by then.
  const count = Math.max(0, missing.length + remasked.length - transition.masked);
  const budget = { count, probability: transition.reveal, progress: transition.progress };
  const cells =
    rule.kind === 'position-based'
      ? rule.choose(missing, budget, rng)
      : count > 0
        ? missing
        : new Int32Array(0);
  return { budget, remasked, cells, given: null };
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
  { rule, rng }: Candidate,
  { cells, budget, given }: StepPlan,
  drawer: Drawer,
  rows: Float32Array,
  offset: number,
): DrawnTokens {
  if (given !== null) return takeGiven(given, drawer, rows, offset);
  if (rule.kind === 'position-based') return drawAll(cells.length, drawer, rows, offset, rng);
  return drawMostConfident(rule, budget, cells.length, drawer, rows, offset, rng);
}

/** Reveals the step's tokens (null: none), masks others again, and says what changed. */
export function commitStep(candidate: Candidate, plan: StepPlan, drawn: DrawnTokens | null): CandidateStep {
  const { ids, confidence, rng } = candidate;
  const count = drawn?.positions.length ?? 0;
  const changed = new Int32Array(count + plan.remasked.length);
  const probabilities = new Float32Array(changed.length).fill(NaN);

  drawn?.positions.forEach((position, i) => {
    const cell = plan.cells[position]!;
    ids[cell] = drawn.ids[i]!;
    confidence[cell] = drawn.probabilities[i]!;
    changed[i] = cell;
    probabilities[i] = drawn.probabilities[i]!;
  });
  for (const cell of plan.remasked) ids[cell] = MASK;
  changed.set(plan.remasked, count);

  const missing = cellsWhere(candidate, true).length;
  return { ids: ids.slice(), changed, probabilities, missing, rng: rng.state() };
}
