import type { Abort } from '../base/abort.ts';
import { throwIfAborted } from '../base/abort.ts';
import type { OnRows } from './mixture.ts';
import type { Candidate, DrawingTools, StepPlan } from './candidate.ts';
import { commitStep, createCandidate, drawTokens, planFirstStep, planStep } from './candidate.ts';
import type { Denoiser } from '../model/denoiser.ts';
import type { DrawnTokens } from './draw.ts';
import { createDrawer } from './draw.ts';
import { beginningOf, cellsToFill } from './beginning.ts';
import { createKernel } from './kernel.ts';
import { noiseLevels, processOf } from './noise.ts';
import { orderRules } from './orders.ts';
import type { PredictCells } from './predictions.ts';
import { createPredictCells } from './predictions.ts';
import type { FillRequest, FillStep } from './request.ts';
import { resumeRng, type Rng } from '../base/rng.ts';
import { planTransitions } from './transitions.ts';
import { checkProcess, checkStart, validateRequest } from './validate.ts';

/**
 * The reverse diffusion over a hole, a step at a time: every candidate starts with the hole's tokens missing (pins
 * apart), or as noisy as `strength` and the process say, and ends with none missing. Tokens outside the hole and pins stay as the request has them. A hole without a
 * token to fill gives one step that changes nothing.
 *
 * With `planned` tokens the first of several steps reveals their share, and the schedule goes on once it has come as far.
 * Pass `createRng(request.seed)`; candidate i draws from its stream `first + i` alone, so that it is the same however
 * many run beside it. A request with a `start` goes on from there with the next step, and repeats exactly what the fill it was
 * taken from did then, if it has that generator's state and the rest of the request is the same. An abort ends the fill before or after the call of `predict` that is under way.
 *
 * Throws 'usage' or 'limit' for a request that cannot be met, 'package' for a denoiser that breaks its contract, and
 * 'aborted'.
 */
export async function* fill(
  request: FillRequest,
  denoiser: Denoiser,
  rng: Rng,
  signal?: Abort,
): AsyncGenerator<FillStep, void> {
  validateRequest(request, denoiser.codes);
  const process = processOf(denoiser);
  checkProcess(request, process);
  const free = await cellsToFill(request, denoiser, signal);
  const transitions = planTransitions(request, free.length, process);
  checkStart(request, transitions.length, denoiser.codes);
  const predictCells = createPredictCells(denoiser, request.grid, free);
  const drawer = createDrawer(denoiser.codes, request.temperature, request.filters);
  const kernel = createKernel(noiseLevels(process, denoiser.codes), denoiser.codes);
  const tools = { drawer, kernel, sharpening: request.sharpening ?? 0 };
  const begin = beginningOf(request, process, kernel, denoiser.codes);
  const candidates = startCandidates(request, free, rng, begin);

  for (let i = request.start?.step ?? 0; i < transitions.length; i++) {
    const transition = transitions[i]!;
    throwIfAborted(signal);
    const takesPlanned = i === 0 && transitions.length > 1 && process.kind !== 'uniform';
    const plan = takesPlanned ? planFirstStep : planStep;
    const plans = candidates.map((candidate) => plan(candidate, transition, tools.sharpening));
    const drawn = await drawSteps(candidates, plans, predictCells, tools, signal);
    yield {
      step: i + 1,
      steps: transitions.length,
      candidates: candidates.map((candidate, c) => commitStep(candidate, plans[c]!, drawn[c] ?? null)),
    };
  }
}

/** The tokens that the plans reveal; null for a plan that asks for none. */
async function drawSteps(
  candidates: readonly Candidate[],
  plans: readonly StepPlan[],
  predictCells: PredictCells,
  tools: DrawingTools,
  signal: Abort | undefined,
): Promise<(DrawnTokens | null)[]> {
  // Before they have drawn anything of their own, candidates are alike, and one pass serves them all.
  const alike = candidates.every(
    ({ ids }, c) => equal(plans[c]!.cells, plans[0]!.cells) && equal(ids, candidates[0]!.ids),
  );
  const served = alike ? [[...candidates.keys()]] : candidates.map((_, c) => [c]);
  const queries = served.map(([c]) => ({ ids: candidates[c!]!.ids, cells: plans[c!]!.cells }));
  const drawn: (DrawnTokens | null)[] = candidates.map(() => null);
  const onRows: OnRows = (query, rows, offset) => {
    for (const c of served[query]!) drawn[c] = drawTokens(candidates[c]!, plans[c]!, tools, rows, offset);
  };
  await predictCells(queries, plans[0]!.transition.from, onRows, signal);
  return drawn;
}

function startCandidates(
  request: FillRequest,
  free: Int32Array,
  rng: Rng,
  begin: (id: number, rng: Rng) => number,
): Candidate[] {
  const ruleOf = orderRules(request);
  return Array.from({ length: request.candidates }, (_, i) => {
    const stream = rng.fork((request.first ?? 0) + i);
    if (!request.start?.rng) return createCandidate(request, i, free, ruleOf(stream), stream, begin);
    // An order may have drawn from the generator before the first step, so it is made from the generator as it was then.
    const resumed = resumeRng(request.start.rng);
    return createCandidate(request, i, free, ruleOf(resumed.afresh()), resumed, begin);
  });
}

function equal(a: Int32Array, b: Int32Array): boolean {
  return a === b || (a.length === b.length && a.every((value, i) => value === b[i]));
}
