import { borrowDetail, type Surroundings, surroundings } from '../../core/detail/borrowDetail.ts';
import { cellBounds, cellsInPicture, growCells } from '../../core/frames/cells.ts';
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
import { createClock } from './clock.ts';
import {
  FILL_PHASES,
  type FillClock,
  type FillSettings,
  type FrameFill,
  type FrameJob,
  type JobControl,
} from './fillJob.ts';
import { candidateInTurn, sketch } from './previews/previews.ts';
import { TILE } from './tile.ts';

/** One frame of a fill, and its place among the others. */
export interface FrameTask {
  readonly model: LoadedPackage;
  readonly job: FrameJob;
  readonly settings: FillSettings; // with the seed of this frame
  readonly index: number;
  readonly count: number; // frames in all
  readonly clock: FillClock;
}

/** Encodes a frame, refills its hole, and lays each candidate into the picture as a patch. */
export async function fillFrame(
  task: FrameTask,
  control: JobControl,
): Promise<{ frame: FrameFill; patches: PixelPatch[] }> {
  const known = await encodeKnown(task, control);
  const request = requestFor(task, known);
  const candidates = await runSteps(task, request, known, control);
  const around = await surroundingsOf(task, request, known, control);
  const patches: PixelPatch[] = [];
  for (const { grid } of candidates) patches.push(await patchFor(task, request, around, grid, control));
  return { frame: { frame: task.job.plan.frame, request, candidates }, patches };
}

/** The tokens of the frame as if the selection were not there: what is under it cannot reach them. */
function encodeKnown({ model, job, clock }: FrameTask, { signal }: JobControl): Promise<TokenGrid> {
  const { rect, columns, rows } = job.plan.frame;
  const { downsample } = model.tokenizer;
  return clock.time('encode', async () => {
    const size = { width: columns * downsample, height: rows * downsample }; // model px
    const planes = prefill(job.picture, rect, job.selection, size);
    const { grid } = await tiled(model.tokenizer, TILE).encode(planes, signal);
    return grid;
  });
}

function requestFor({ model, job, settings }: FrameTask, known: TokenGrid): FillRequest {
  const hole = Array.from(selectionToHole(job.selection, job.plan.frame));
  const ids = Array.from(known.ids);
  for (const cell of hole) ids[cell] = MASK;
  return {
    package: { id: model.id, sha256: model.sha256 },
    grid: { width: known.width, height: known.height, ids },
    hole,
    pins: [],
    seed: settings.seed,
    ...settings.sampling,
    candidates: settings.candidates,
  };
}

/** Runs the reverse diffusion to the end of each candidate. */
function runSteps(
  task: FrameTask,
  request: FillRequest,
  known: TokenGrid,
  control: JobControl,
): Promise<FilledGrid[]> {
  const { model, clock } = task;
  const { signal } = control;
  const onStep = followSteps(task, request, known, control);
  return clock.time('steps', () =>
    runFill(request, model.denoiser, createRng(request.seed), { ...(signal ? { signal } : {}), onStep }),
  );
}

/** Tells of a step, shows a candidate where there is time for it, and lets the event loop hear of an abort. */
function followSteps(
  task: FrameTask,
  request: FillRequest,
  known: TokenGrid,
  control: JobControl,
): (step: FillStep) => Promise<void> {
  const { index, count } = task;
  const { previews } = control;
  // Its time is part of the steps, and not to be counted twice.
  const aside = { ...task, clock: createClock(FILL_PHASES) };
  let turn = 0;
  return async (step) => {
    const progress = { done: index * step.steps + step.step, total: count * step.steps };
    control.onStep?.(index, step);
    control.onProgress?.(progress);
    if (step.step < step.steps && previews?.pacer.due(progress.done, progress.total)) {
      const candidate = candidateInTurn(turn++, request.candidates);
      const grid = sketch(known, step.candidates[candidate]!.ids);
      const patch = await previews.pacer.spend(() => patchFor(aside, request, null, grid, control));
      previews.show(index, candidate, patch);
    }
    await nextTurn();
  };
}

/** Models block the thread: messages are heard in between. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** How far around the hole detail is borrowed from, tokens. */
const REACH = 12;

/** What is known around the hole, decoded, so that it can lend its detail to the fill; null where none is wanted. */
async function surroundingsOf(
  { model, job, settings, clock }: FrameTask,
  { hole }: FillRequest,
  known: TokenGrid,
  { signal }: JobControl,
): Promise<Surroundings | null> {
  if (settings.detail === 0) return null;
  const { frame } = job.plan;
  const cells = growCells(cellBounds(hole, frame), REACH, frame);
  const { planes } = await clock.time('decode', () =>
    decodeRegion(tiled(model.tokenizer, TILE), known, cells, signal),
  );
  return clock.time('composite', () =>
    surroundings(job.picture, frame, Int32Array.from(hole), { cells, planes }),
  );
}

/** Decodes the neighbourhood of the hole and composites it. */
async function patchFor(
  { model, job, settings, clock }: FrameTask,
  { hole }: FillRequest,
  around: Surroundings | null,
  grid: TokenGrid,
  { signal }: JobControl,
): Promise<PixelPatch> {
  const { picture, selection, plan } = job;
  const { feather, detail } = settings;
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
