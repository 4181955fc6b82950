import type { FillOutcome } from '../../../core/fill/params.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import type { FillStart } from '../../../core/tokens/fillStart.ts';
import { createRng } from '../../../core/base/rng.ts';
import type {
  Branch,
  CandidateFrame,
  FillRun,
  FillSession,
  WaitingCandidate,
} from '../../state/fillSession.svelte.ts';
import { detailsOf, fillRecord, type Made } from './made.ts';

/** The candidates that a fill made, as they wait in the strip: the best first. `picture` is what it saw. */
export function candidatesOf(
  run: FillRun,
  made: Made,
  picture: Raster,
  fill: FillSession,
): WaitingCandidate[] {
  const { outcome } = made;
  const set = run.branch?.from.set ?? fill.nextId();
  const names = namesOf(run, fill);
  if (!run.branch) fill.made += outcome.candidates.length;
  return outcome.ranking.map((index, place) => {
    const { patches } = outcome.candidates[index]!;
    const filled = framesOf(made, index);
    return {
      id: fill.nextId(),
      set,
      name: names[place]!,
      seed: run.seed,
      number: (run.first ?? 0) + index + 1,
      order: run.order,
      picture,
      package: outcome.package,
      details: detailsOf(run, made, index),
      record: fillRecord(run, made, index),
      ...(run.branch ? branched(run.branch, patches, filled, index) : { patches, frames: filled }),
    };
  });
}

/** What the candidates of the next fill are called: by their number since the document was opened, or as branches. */
export function namesOf({ branch, order }: FillRun, { candidates, made }: FillSession): readonly string[] {
  const count = branch?.candidates ?? order.candidates;
  if (!branch) return Array.from({ length: count }, (_, index) => `${made + index + 1}`);
  const before = candidates.filter(({ set, name }) => set === branch.from.set && name.startsWith(BRANCH));
  return Array.from({ length: count }, (_, index) => `${BRANCH} ${before.length + index + 1}`);
}

const BRANCH = 'Branch';

function framesOf({ outcome, sent }: Made, index: number): CandidateFrame[] {
  return outcome.frames.map(({ hole, request, known, candidates }, frame) => {
    const tokens = sent.frames[frame]!.tokens ?? null;
    return { hole, request, start: null, known, tokens, ...candidates[index]! };
  });
}

/** The candidate that a branch went on from, with what is new in its frame. Its steps count from the beginning. */
function branched(
  { from, frame, start }: Branch,
  [patch]: FillOutcome['candidates'][number]['patches'],
  [filled]: readonly CandidateFrame[],
  index: number,
): Pick<WaitingCandidate, 'order' | 'picture' | 'patches' | 'frames'> {
  const whole = start ? withBeginning(from.frames[frame]!, start, filled!, index) : filled!;
  const { order, picture, patches, frames } = from;
  return { order, picture, patches: patches.with(frame, patch!), frames: frames.with(frame, whole) };
}

/** A branch with the steps before it, as if it had been filled at one go. */
function withBeginning(
  before: CandidateFrame,
  start: FillStart,
  filled: CandidateFrame,
  index: number,
): CandidateFrame {
  const { step } = start;
  const { seed, candidates, first = 0 } = filled.request;
  const began = before.trace.slice(0, step);
  const rng =
    start.rng ??
    createRng(seed)
      .fork(first + index)
      .state();
  const last = { ...began.at(-1)!, rng };
  return {
    ...filled,
    request: { ...before.request, seed, candidates, first },
    start: { ...start, rng },
    provenance: filled.provenance.map((came, cell) => {
      // The branch says of all that it began with that it was there by then; the candidate knows since when.
      const was = before.provenance[cell]!;
      const isOld = came.kind === 'filled' && came.step === step && was.kind === 'filled' && was.step <= step;
      return isOld ? was : came;
    }),
    trace: [...began.with(-1, last), ...filled.trace],
  };
}
