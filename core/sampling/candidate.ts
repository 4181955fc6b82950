import { MASK } from '../tokens/grid.ts';
import type { Drawer, DrawnTokens } from './draw.ts';
import { drawAll, drawAncestral, drawMostConfident, takeGiven } from './draw.ts';
import type { Kernel } from './kernel.ts';
import type { OrderRule, StepBudget } from './orders.ts';
import { chooseRemasked, remaskWeights } from './remasking.ts';
import type { CandidateStep, FillRequest } from './request.ts';
import type { Rng } from '../base/rng.ts';
import { type TakenTokens, takenTokens } from './planned.ts';
import type { Transition } from './transitions.ts';

/** One result in the making. */
export interface Candidate {
  readonly ids: Int32Array; // [height * width], MASK where missing
  readonly told: Int32Array; // [height * width], `ids` as they were when the last step was told of
  readonly free: Int32Array; // flat indices, ascending: the hole without its pins
  readonly confidence: Float32Array; // [height * width], the model's probability of each token when it was revealed
  readonly rule: OrderRule;
  readonly rng: Rng; // its own, so that it does not depend on the candidates beside it
  readonly taken: TakenTokens | null; // what its first step takes over of what is planned
  readonly stays: boolean; // nothing is masked again
}

/** What a step is about to do, before the denoiser has been asked. */
export interface StepPlan {
  readonly transition: Transition;
  readonly budget: StepBudget;
  readonly remasked: Int32Array; // cells, ascending
  readonly cells: Int32Array; // for which the denoiser is asked, ascending
  readonly given: Int32Array | null; // their tokens, where they are not drawn but known
}

/** With what tokens are drawn. */
export interface DrawingTools {
  readonly drawer: Drawer;
  readonly kernel: Kernel;
  readonly sharpening: number;
}

/**
 * Candidate `index` at the beginning of a fill, or at the start of a branch.
 *
 * @param begin what a free token is when the noise is at its most, given what it was
 */
export function createCandidate(
  request: FillRequest,
  index: number,
  free: Int32Array,
  rule: OrderRule,
  rng: Rng,
  begin: (id: number, rng: Rng) => number,
): Candidate {
  const { grid, start } = request;
  const ids = Int32Array.from(start?.ids ?? grid.ids);
  const told = ids.slice();
  const confidence = start ? Float32Array.from(start.believed) : new Float32Array(ids.length);
  if (!start) {
    for (const cell of free) {
      ids[cell] = begin(ids[cell]!, rng);
      if (request.strength === undefined) told[cell] = MASK;
    }
  }
  const taken = takenTokens(request, index, free, rng);
  const stays = request.planned?.[index]?.share === 1;
  return { ids, told, free, confidence, rule, rng, taken, stays };
}

/** The first step of several: what is planned, or like every other step. */
export function planFirstStep(candidate: Candidate, transition: Transition, sharpening: number): StepPlan {
  const { taken } = candidate;
  if (!taken) return planStep(candidate, transition, sharpening);
  const { progress, before } = transition;
  const budget = { count: taken.cells.length, probability: 1, progress, before };
  return { transition, budget, remasked: new Int32Array(0), cells: taken.cells, given: taken.ids };
}

/** Which tokens a step masks again, and for which cells it needs the denoiser. */
export function planStep(candidate: Candidate, transition: Transition, sharpening: number): StepPlan {
  const { confidence, rule, rng, free, taken, stays } = candidate;
  const missing = cellsWhere(candidate, true);
  const { progress, before } = transition;
  if (transition.ancestral) {
    const budget = { count: free.length, probability: 1, progress, before };
    // With what was planned, less is noise than the process has by then: it goes on once it has come as far.
    const ahead = taken !== null && transition.left * free.length >= missing.length;
    const cells = ahead ? new Int32Array(0) : free;
    return { transition, budget, remasked: new Int32Array(0), cells, given: null };
  }
  const revealed = cellsWhere(candidate, false);
  const weights = transition.byConfidence ? remaskWeights(revealed, confidence) : null;
  const remask = stays ? 0 : transition.remask;
  const remasked = chooseRemasked(revealed, remask, weights, transition.mostRemasked, rng);

  // A branch may begin with fewer missing than the schedule has by then.
  const count = Math.max(0, missing.length + remasked.length - transition.masked);
  const budget = { count, probability: transition.reveal, progress, before };
  const cells =
    rule.kind === 'position-based'
      ? rule.choose(missing, budget, rng)
      : count === 0
        ? new Int32Array(0)
        : sharpening > 0 && rule.of === 'peak'
          ? free // how certain the missing ones are is held against all
          : missing;
  return { transition, budget, remasked, cells, given: null };
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
  { ids, rule, rng }: Candidate,
  { transition, cells, budget, given }: StepPlan,
  { drawer, kernel, sharpening }: DrawingTools,
  rows: Float32Array,
  offset: number,
): DrawnTokens {
  if (given !== null) return takeGiven(given, drawer, rows, offset);
  const tokens = cells.map((cell) => ids[cell]!);
  if (transition.ancestral) return drawAncestral(kernel, transition, tokens, drawer, rows, offset, rng);
  if (rule.kind === 'position-based') return drawAll(cells.length, drawer, rows, offset, rng);
  return drawMostConfident(rule, budget, tokens, sharpening, drawer, rows, offset, rng);
}

/** Reveals the step's tokens (null: none), masks others again, and says what changed. */
export function commitStep(candidate: Candidate, plan: StepPlan, drawn: DrawnTokens | null): CandidateStep {
  const { ids, told, confidence, rng } = candidate;
  drawn?.positions.forEach((position, i) => {
    const cell = plan.cells[position]!;
    if (plan.transition.ancestral && ids[cell] === drawn.ids[i]) return; // it stays, with what was thought of it
    ids[cell] = drawn.ids[i]!;
    confidence[cell] = drawn.probabilities[i]!;
  });
  for (const cell of plan.remasked) ids[cell] = MASK;

  const changed = Int32Array.from(ids.keys()).filter((cell) => ids[cell] !== told[cell]);
  const probabilities = Float32Array.from(changed, (cell) => (ids[cell] === MASK ? NaN : confidence[cell]!));
  told.set(ids);
  const missing = cellsWhere(candidate, true).length;
  return { ids: ids.slice(), changed, probabilities, missing, rng: rng.state() };
}
