import { borrowDetail, type Surroundings, surroundings } from '../../core/detail/borrowDetail.ts';
import { cellBounds, cellsInPicture, growCells } from '../../core/frames/cells.ts';
import type { FramePlan } from '../../core/frames/planFrames.ts';
import { selectionToHole } from '../../core/masks/selectionToHole.ts';
import { composite } from '../../core/pixels/composite.ts';
import type { PixelPatch } from '../../core/pixels/patch.ts';
import { prefill } from '../../core/pixels/prefill.ts';
import { resizePlanes } from '../../core/pixels/resample.ts';
import { decodeRegion, tiled } from '../../core/pixels/tiling.ts';
import type { FillRequest, FillStep } from '../../core/sampling/request.ts';
import { createRng } from '../../core/sampling/rng.ts';
import { type FilledGrid, runFill } from '../../core/sampling/runFill.ts';
import { MASK, type TokenGrid } from '../../core/tokens/grid.ts';
import type { LoadedPackage } from '../../native-models/runtime/loadPackage.ts';
import { TILE } from './tile.ts';
import type { FillClock, FillJob, FrameFill, JobControl } from './fillJob.ts';

/** One frame of a job, and how its steps count towards the whole. */
export interface FrameTask {
  readonly model: LoadedPackage;
  readonly job: FillJob;
  readonly plan: FramePlan;
  readonly seed: number;
  readonly share: { readonly before: number; readonly of: number }; // frames done, frames in all
  readonly clock: FillClock;
}

/** Encodes a frame, refills its hole, and lays each candidate into the picture as a patch. */
export async function fillFrame(
  task: FrameTask,
  control: JobControl,
): Promise<{ frame: FrameFill; patches: PixelPatch[] }> {
  const known = await encodeKnown(task, control);
  const request = requestFor(task, known);
  const candidates = await runSteps(task, request, control);
  const around = await surroundingsOf(task, request, known, control);
  const patches: PixelPatch[] = [];
  for (const { grid } of candidates) patches.push(await patchFor(task, request, around, grid, control));
  return { frame: { frame: task.plan.frame, request, candidates }, patches };
}

/** The tokens of the frame as if the selection were not there: what is under it cannot reach them. */
function encodeKnown({ model, job, plan, clock }: FrameTask, { signal }: JobControl): Promise<TokenGrid> {
  const { rect, columns, rows } = plan.frame;
  const { downsample } = model.tokenizer;
  return clock.time('encode', async () => {
    const size = { width: columns * downsample, height: rows * downsample }; // model px
    const planes = prefill(job.picture, rect, job.selection, size);
    const { grid } = await tiled(model.tokenizer, TILE).encode(planes, signal);
    return grid;
  });
}

function requestFor({ model, job, plan, seed }: FrameTask, known: TokenGrid): FillRequest {
  const hole = Array.from(selectionToHole(job.selection, plan.frame));
  const ids = Array.from(known.ids);
  for (const cell of hole) ids[cell] = MASK;
  return {
    package: { id: model.id, sha256: model.sha256 },
    grid: { width: known.width, height: known.height, ids },
    hole,
    pins: [],
    seed,
    ...job.sampling,
    candidates: job.candidates,
  };
}

/** Runs the reverse diffusion to the end of each candidate. */
function runSteps(
  { model, plan, share, clock }: FrameTask,
  request: FillRequest,
  { signal, onStep, onProgress }: JobControl,
): Promise<FilledGrid[]> {
  const followed = (step: FillStep): void => {
    onStep?.(plan.frame, step);
    onProgress?.({ done: share.before * step.steps + step.step, total: share.of * step.steps });
  };
  return clock.time('steps', () =>
    runFill(request, model.denoiser, createRng(request.seed), {
      ...(signal ? { signal } : {}),
      onStep: followed,
    }),
  );
}

/** How far around the hole detail is borrowed from, tokens. */
const REACH = 12;

/** What is known around the hole, decoded, so that it can lend its detail to the fill; null where none is wanted. */
async function surroundingsOf(
  { model, job, plan, clock }: FrameTask,
  { hole }: FillRequest,
  known: TokenGrid,
  { signal }: JobControl,
): Promise<Surroundings | null> {
  if (job.detail === 0) return null;
  const cells = growCells(cellBounds(hole, plan.frame), REACH, plan.frame);
  const { planes } = await clock.time('decode', () =>
    decodeRegion(tiled(model.tokenizer, TILE), known, cells, signal),
  );
  return clock.time('composite', () =>
    surroundings(job.picture, plan.frame, Int32Array.from(hole), { cells, planes }),
  );
}

/** Decodes the neighbourhood of the hole and composites it. */
async function patchFor(
  { model, job, plan, clock }: FrameTask,
  { hole }: FillRequest,
  around: Surroundings | null,
  grid: TokenGrid,
  { signal }: JobControl,
): Promise<PixelPatch> {
  const { picture, selection, feather, detail } = job;
  // One token around the hole: the known pixels beside the selection tell how far off the decoder is there.
  const cells = growCells(cellBounds(hole, plan.frame), 1, plan.frame);
  const rect = cellsInPicture(cells, plan.frame);
  const { planes } = await clock.time('decode', () =>
    decodeRegion(tiled(model.tokenizer, TILE), grid, cells, signal),
  );
  return clock.time('composite', () =>
    composite({
      picture,
      rect,
      fill: resizePlanes(planes, rect.width, rect.height),
      ...(around && { detail: borrowDetail(around, { cells, planes }, detail) }),
      selection,
      feather,
      reach: (2 * rect.width) / cells.width, // two tokens
      bounds: plan.bounds,
    }),
  );
}
