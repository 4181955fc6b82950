import type { FramePlan } from '../frames/planFrames.ts';
import { selectionToHole } from '../frames/selectionToHole.ts';
import type { PixelPatch } from '../pixels/patch.ts';
import { prefill } from './prefill.ts';
import { tiled } from '../model/tiling.ts';
import type { FillRequest, FillStep } from '../sampling/request.ts';
import { createRng } from '../base/rng.ts';
import { type FilledGrid, runFill } from '../sampling/runFill.ts';
import { coarsePreset } from '../sampling/coarse.ts';
import { checkIds, MASK, type TokenGrid } from '../tokens/grid.ts';
import type { Model } from '../model/model.ts';
import { createClock } from './clock.ts';
import { composeFrame, type Composition, surroundingsOf, toneAround } from './composeFrame.ts';
import {
  FILL_PHASES,
  type FillClock,
  type FillSettings,
  type FrameFill,
  type FrameJob,
  type JobControl,
} from './fillJob.ts';
import { nextTurn } from '../base/host.ts';
import { candidateInTurn, sketch } from './previews/previews.ts';
import { needsSketch, readSketches } from './coarsePass.ts';
import { TILE } from './tile.ts';

/** One frame of a fill, and its place among the others. */
export interface FrameTask {
  readonly model: Model;
  readonly job: FrameJob;
  readonly settings: FillSettings; // with the seed of this frame
  readonly index: number;
  readonly passes: Passes;
  readonly clock: FillClock;
  readonly sketching?: true; // what comes of it is the sketch of a finer frame
}

/** Every frame and every sketch of one is a pass of as many steps: how many come before this task, and how many there are. */
export interface Passes {
  readonly before: number;
  readonly total: number;
}

/** How many passes a plan is: its own, and those of the coarser plans before it. */
export function passesOf({ sketch }: FramePlan): number {
  return sketch ? 1 + passesOf(sketch) : 1;
}

/**
 * Encodes a frame, refills its hole, and lays each candidate into the picture as a patch. Each candidate begins with what a
 * coarser fill of its own made of the hole, where the plan has one and the hole is deep.
 */
export async function fillFrame(
  task: FrameTask,
  control: JobControl,
): Promise<{ frame: FrameFill; patches: PixelPatch[] }> {
  const { signal } = control;
  const hole = Array.from(selectionToHole(task.job.selection, task.job.plan.frame));
  const known = await knownTokens(task, hole, control);
  const sketches = await sketchHole(task, hole, control);
  const request = requestFor(task, known, hole, sketches);
  const tone = toneAround(task.job);
  const composition = { ...task, tokenizer: task.model.tokenizer, hole, tone };
  const candidates = await runSteps(task, composition, request, known, control);
  const around = await surroundingsOf(composition, known, signal);
  const patches: PixelPatch[] = [];
  for (const { grid } of candidates) patches.push(await composeFrame(composition, around, grid, signal));
  return { frame: { frame: task.job.plan.frame, request, known, candidates }, patches };
}

/** The tokens of the frame: those that are given, outside the hole or as pins in it, and else what is encoded. */
async function knownTokens(
  task: FrameTask,
  hole: readonly number[],
  control: JobControl,
): Promise<TokenGrid> {
  const known = await encodeKnown(task, control);
  const { tokens } = task.job;
  if (!tokens) return known;
  const ids = known.ids.slice();
  const open = new Set(hole);
  for (const pin of tokens.pins) open.delete(pin);
  tokens.cells.forEach((cell, i) => {
    if (!open.has(cell)) ids[cell] = tokens.ids[i]!;
  });
  const grid = { ...known, ids };
  checkIds(grid, task.model.tokenizer.codes);
  return grid;
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

/** What coarser fills make of the hole, for each candidate; null where there is no need of any. */
async function sketchHole(
  task: FrameTask,
  hole: readonly number[],
  { signal, onProgress, previews }: JobControl,
): Promise<number[][] | null> {
  const { job, settings } = task;
  const plan = job.plan.sketch;
  if (!plan || !needsSketch(job, hole)) return null;
  const { picture, selection } = job;
  // No cooler from scale to scale: the candidates are to differ.
  const sampling = task.sketching ? settings.sampling : coarsePreset(settings.sampling);
  const coarser: FrameTask = {
    ...task,
    job: { plan, picture, selection },
    settings: { ...settings, sampling, feather: 0 },
    sketching: true,
  };
  const { patches } = await fillFrame(coarser, {
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  patches.forEach((patch, candidate) => previews?.show(task.index, candidate, patch));
  return readSketches(task, hole, patches, signal);
}

function requestFor(
  { model, job, settings }: FrameTask,
  known: TokenGrid,
  hole: readonly number[],
  sketches: number[][] | null,
): FillRequest {
  const pinned = new Set(job.tokens?.pins);
  const ids = Array.from(known.ids);
  for (const cell of hole) if (!pinned.has(cell)) ids[cell] = MASK;
  return {
    package: { id: model.id, sha256: model.sha256 },
    grid: { width: known.width, height: known.height, ids },
    hole,
    pins: hole.filter((cell) => pinned.has(cell)),
    seed: settings.seed,
    ...settings.sampling,
    candidates: settings.candidates,
    ...(sketches && { coarse: sketches }),
    ...(job.start && { start: job.start }),
  };
}

/** Runs the reverse diffusion to the end of each candidate. */
function runSteps(
  task: FrameTask,
  composition: Composition,
  request: FillRequest,
  known: TokenGrid,
  control: JobControl,
): Promise<FilledGrid[]> {
  const { model, clock } = task;
  const { signal } = control;
  const onStep = followSteps(task, composition, request, known, control);
  return clock.time('steps', () =>
    runFill(request, model.denoiser, createRng(request.seed), { ...(signal ? { signal } : {}), onStep }),
  );
}

/** Tells of a step, shows a candidate where there is time for it, and lets the event loop hear of an abort. */
function followSteps(
  { job, index, passes }: FrameTask,
  composition: Composition,
  request: FillRequest,
  known: TokenGrid,
  control: JobControl,
): (step: FillStep) => Promise<void> {
  const { previews, signal } = control;
  // Its time is part of the steps, and not to be counted twice.
  const aside = { ...composition, clock: createClock(FILL_PHASES) };
  const before = passes.before + passesOf(job.plan) - 1;
  let turn = 0;
  return async (step) => {
    const progress = { done: before * step.steps + step.step, total: passes.total * step.steps };
    control.onStep?.(index, step);
    control.onProgress?.(progress);
    if (step.step < step.steps && previews?.pacer.due(progress.done, progress.total)) {
      const candidate = candidateInTurn(turn++, request.candidates);
      const grid = sketch(known, step.candidates[candidate]!.ids);
      const patch = await previews.pacer.spend(() => composeFrame(aside, null, grid, signal));
      previews.show(index, candidate, patch);
    }
    await nextTurn();
  };
}
