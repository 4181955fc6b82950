import type { Abort } from '../base/abort.ts';
import type { TokenGrid } from '../tokens/grid.ts';
import { MASK } from '../tokens/grid.ts';
import type { Provenance } from '../tokens/provenance.ts';
import type { Denoiser } from '../model/denoiser.ts';
import { fill } from './fill.ts';
import type { CandidateStep, FillRequest, FillStep, TraceStep } from './request.ts';
import type { Rng } from '../base/rng.ts';

/** One finished result of a fill. */
export interface FilledGrid {
  readonly grid: TokenGrid;
  readonly provenance: readonly Provenance[]; // [height * width]
  /** What each step did; that of a branch begins after the step it was started at. */
  readonly trace: readonly TraceStep[];
}

/**
 * Runs a fill to its end: the finished grid of every candidate. The next step waits for `onStep`. Throws as {@link fill}
 * does.
 */
export async function runFill(
  request: FillRequest,
  denoiser: Denoiser,
  rng: Rng,
  {
    signal,
    onStep,
  }: { readonly signal?: Abort; readonly onStep?: (step: FillStep) => void | Promise<void> } = {},
): Promise<FilledGrid[]> {
  const histories = Array.from({ length: request.candidates }, () => initialProvenance(request));
  const traces = histories.map((): TraceStep[] => []);
  let last: readonly CandidateStep[] = [];
  for await (const step of fill(request, denoiser, rng, signal)) {
    step.candidates.forEach((candidate, c) => {
      recordStep(histories[c]!, step.step, candidate);
      traces[c]!.push(traceStep(candidate));
    });
    last = step.candidates;
    await onStep?.(step);
  }
  const { width, height } = request.grid;
  return last.map(({ ids }, c) => ({
    grid: { width, height, ids },
    provenance: histories[c]!,
    trace: traces[c]!,
  }));
}

/**
 * Outside the hole tokens count as encoded, unless the caller knows better. What a branch begins with was filled by the
 * step that it begins after, if not before.
 */
function initialProvenance({ grid, hole, pins, start, strength }: FillRequest): Provenance[] {
  const provenance = Array.from(grid.ids, (): Provenance => ({ kind: 'encoded' }));
  for (const cell of hole) {
    if (strength !== undefined && (start?.ids ?? grid.ids)[cell] === grid.ids[cell]) continue; // it may stay
    provenance[cell] =
      start && start.ids[cell] !== MASK
        ? { kind: 'filled', step: start.step, probability: start.believed[cell]! }
        : { kind: 'missing' };
  }
  for (const cell of pins) provenance[cell] = { kind: 'pinned' };
  return provenance;
}

function recordStep(provenance: Provenance[], step: number, candidate: CandidateStep): void {
  candidate.changed.forEach((cell, i) => {
    const probability = candidate.probabilities[i]!;
    provenance[cell] =
      candidate.ids[cell] === MASK ? { kind: 'missing' } : { kind: 'filled', step, probability };
  });
}

function traceStep({ ids, changed, probabilities, rng }: CandidateStep): TraceStep {
  return {
    changed,
    ids: changed.map((cell) => ids[cell]!),
    probabilities: Float32Array.from(probabilities),
    rng,
  };
}
