import { nextTurn } from '../base/host.ts';
import { createRng } from '../base/rng.ts';
import { selectionToHole } from '../frames/selectionToHole.ts';
import type { Model } from '../model/model.ts';
import { tiled } from '../model/tiling.ts';
import type { PixelPatch } from '../pixels/picture.ts';
import type { FillRequest, FillStep } from '../sampling/request.ts';
import { type FilledGrid, runFill } from '../sampling/runFill.ts';
import { checkIds, MASK, type TokenGrid, withGapsFilled } from '../tokens/grid.ts';
import type { Clock } from './clock.ts';
import { composeFrame, compositionOf, surroundingsOf } from './composeFrame.ts';
import type { Surroundings } from './detail/transferDetail.ts';
import type { Abort } from '../base/abort.ts';
import type { FillControl } from './fillFrames.ts';
import { passesOf } from './fillTime.ts';
import { type FilledFrame, type FillParams, type FillPhase, type FrameToFill, pixelsOf } from './params.ts';
import { prefill } from './prefill.ts';
import { emptyPatch, repairedPart } from './repairedPart.ts';
import { coarsePreset, needsCoarsePass, readTokens } from './coarsePass.ts';
import { type CandidatePlan, isAsPlanned, planCandidates } from './plans.ts';
import { type Score, scoreOf } from './score.ts';
import { ledBy } from '../sampling/guidance.ts';
import { candidateInTurn } from './previews.ts';

/** One frame of a fill, and its place among the others. */
export interface FrameTask {
  readonly model: Model;
  readonly frame: FrameToFill;
  readonly settings: Omit<FillParams, 'package' | 'frames'>; // with the seed of this frame
  readonly index: number;
  readonly passes: Passes;
  readonly clock: Clock<FillPhase>;
  readonly isCoarse?: true; // what comes of it is where a finer frame begins
}

/** Every frame and every coarse pass of one takes as many steps: how many come before this task, and how many there are. */
interface Passes {
  readonly before: number;
  readonly total: number;
}

/** What came of a frame: for each candidate its patch and, where there are several, how well it fits. */
export interface FilledPart {
  readonly frame: FilledFrame;
  readonly patches: readonly PixelPatch[];
  readonly scores: readonly Score[];
}

/**
 * Encodes a frame, refills its hole, and lays each candidate into the picture as a patch. Each candidate begins with what is
 * planned for it.
 */
export async function fillFrame(task: FrameTask, control: FillControl): Promise<FilledPart> {
  const { signal } = control;
  const { selection } = pixelsOf(task.frame);
  const hole = Array.from(selectionToHole(selection, task.frame.plan.frame));
  const known = await knownTokens(task, hole, control);
  const coarse = (candidates: readonly number[], first: number): Promise<number[][] | null> =>
    coarsePass(task, hole, { candidates, first }, control);
  const plans = await planCandidates(task, hole, coarse, signal);
  const request = requestFor(task, known, hole, plans);
  const compose = composer(task, hole, known, signal);
  const candidates = await runSteps(task, compose, request, known, control);
  const patches: PixelPatch[] = [];
  const scores: Score[] = [];
  for (const [candidate, { grid }] of candidates.entries()) {
    const plan = plans[candidate]!;
    const asPlanned = isAsPlanned(request, plan, grid) ? plan.patch : null;
    const patch =
      asPlanned ??
      (await compose(grid, {
        onPreview: (shown) => {
          control.onProgress?.({ kind: 'preview', frame: task.index, candidate, patch: shown });
        },
      }));
    patches.push(patch);
    if (candidates.length === 1 || task.isCoarse) continue;
    scores.push(await task.clock.time('ranking', () => scoreOf(task, hole, patch, signal)));
  }
  const filled = candidates.map((candidate, i) => ({ ...candidate, source: plans[i]!.source }));
  return { frame: { hole, request, known: known.ids, candidates: filled }, patches, scores };
}

/** Lays finished tokens into the picture; quickly, as the model draws them, for a preview. */
type Compose = (
  grid: TokenGrid,
  how: { readonly isPreview?: true; readonly onPreview?: (patch: PixelPatch) => void },
) => Promise<PixelPatch>;

/** How candidates of a frame are laid in: all of the hole, or of a repair what it changed. */
function composer(
  { model: { tokenizer }, frame, settings, clock }: FrameTask,
  hole: readonly number[],
  known: TokenGrid,
  signal?: Abort,
): Compose {
  const partOf = (grid: TokenGrid): { frame: FrameToFill; hole: readonly number[] } =>
    settings.strength === undefined ? { frame, hole } : repairedPart(frame, hole, known.ids, grid.ids);
  let around: Promise<Surroundings | null> | null = null;
  return async (grid, { isPreview, onPreview }) => {
    const part = partOf(grid);
    if (part.hole.length === 0) return emptyPatch(frame);
    const composition = compositionOf(tokenizer, part.frame, part.hole, settings, clock);
    if (isPreview) {
      const plain = { ...composition, texture: 0, clock: null };
      return composeFrame(plain, null, grid, signal);
    }
    if (settings.strength !== undefined) around = null; // each candidate has a part of its own
    around ??= surroundingsOf(composition, known, signal);
    return composeFrame(composition, await around, grid, signal, onPreview);
  };
}

/** The tokens of the frame: those that are given, outside the hole or as pins in it, and else what is encoded. */
async function knownTokens(
  task: FrameTask,
  hole: readonly number[],
  control: FillControl,
): Promise<TokenGrid> {
  const known = await encodeKnown(task, control);
  const { tokens } = task.frame;
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

/** The tokens of the frame as if the selection were not there: what is under it cannot reach them. A repair looks at all. */
function encodeKnown(
  { model, frame, settings, clock }: FrameTask,
  { signal }: FillControl,
): Promise<TokenGrid> {
  const { rect, columns, rows } = frame.plan.frame;
  const { downsample } = model.tokenizer;
  return clock.time('encode', async () => {
    const { picture, selection } = pixelsOf(frame);
    const hidden =
      settings.strength === undefined
        ? selection
        : { ...selection, data: new Uint8Array(selection.data.length) };
    const size = { width: columns * downsample, height: rows * downsample }; // model px
    const planes = prefill(picture, rect, hidden, size);
    const { grid } = await tiled(model.tokenizer).encode(planes, signal);
    return grid;
  });
}

/**
 * What coarse passes make of the hole: for each of some candidates its tokens, as readTokens gives them; null where there is no
 * need of one. Their own numbers begin with `first`.
 */
async function coarsePass(
  task: FrameTask,
  hole: readonly number[],
  { candidates, first }: { readonly candidates: readonly number[]; readonly first: number },
  { signal, onProgress, pacer }: FillControl,
): Promise<number[][] | null> {
  const { frame, settings, index } = task;
  const plan = frame.plan.coarse;
  if (!plan || settings.strength !== undefined || !needsCoarsePass(frame, hole)) return null;
  if (candidates.length === 0) return [];
  const { region, picture, selection } = frame;
  // No cooler from scale to scale: the candidates are to differ.
  const sampling = task.isCoarse ? settings.sampling : coarsePreset(settings.sampling);
  const coarser: FrameTask = {
    ...task,
    frame: { plan, region, picture, selection },
    settings: { ...settings, sampling, candidates: candidates.length, first, feather: 0, texture: 0 },
    isCoarse: true,
  };
  const { patches } = await fillFrame(coarser, {
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  if (pacer) {
    patches.forEach((patch, i) => {
      onProgress?.({ kind: 'preview', frame: index, candidate: candidates[i]!, patch });
    });
  }
  return readTokens(task, hole, patches, signal);
}

function requestFor(
  { model, frame, settings }: FrameTask,
  known: TokenGrid,
  hole: readonly number[],
  plans: readonly CandidatePlan[],
): FillRequest {
  const pinned = new Set(frame.tokens?.pins);
  const { prompt, strength, first = 0 } = settings;
  const ids = Array.from(known.ids);
  if (strength === undefined) for (const cell of hole) if (!pinned.has(cell)) ids[cell] = MASK;
  return {
    package: { id: model.id, sha256: model.sha256 },
    grid: { width: known.width, height: known.height, ids },
    hole,
    pins: hole.filter((cell) => pinned.has(cell)),
    seed: settings.seed,
    ...settings.sampling,
    candidates: plans.length,
    ...(first > 0 && { first }),
    ...(prompt && { prompt }),
    ...(strength !== undefined && { strength }),
    ...(plans.some(({ tokens }) => tokens) && { planned: plans.map(({ tokens }) => tokens) }),
    ...(frame.start && { start: frame.start }),
  };
}

/** Runs the reverse diffusion to the end of each candidate. */
async function runSteps(
  task: FrameTask,
  compose: Compose,
  request: FillRequest,
  known: TokenGrid,
  control: FillControl,
): Promise<FilledGrid[]> {
  const { model, clock } = task;
  const { signal } = control;
  const preview = (ids: Int32Array): Promise<PixelPatch> =>
    compose(withGapsFilled(known, ids), { isPreview: true });
  const onStep = followSteps(task, preview, control);
  return clock.time('steps', async () => {
    const denoiser = await ledBy(model, request.prompt, signal);
    return runFill(request, denoiser, createRng(request.seed), { ...(signal ? { signal } : {}), onStep });
  });
}

/** Tells of a step, shows a candidate where there is time for it, and lets the event loop hear of an abort. */
function followSteps(
  { frame, settings: { candidates }, index, passes, clock, isCoarse }: FrameTask,
  preview: (ids: Int32Array) => Promise<PixelPatch>,
  { pacer, onProgress }: FillControl,
): (step: FillStep) => Promise<void> {
  const before = passes.before + passesOf(frame.plan) - 1;
  let turn = 0;
  return async ({ step, steps, candidates: all }) => {
    const done = before * steps + step;
    const total = passes.total * steps;
    onProgress?.({
      kind: 'step',
      frame: index,
      done,
      total,
      ids: isCoarse ? [] : all.map(({ ids }) => ids),
    });
    if (step < steps && pacer?.due(done, total)) {
      const candidate = candidateInTurn(turn++, candidates);
      const patch = await clock.time('previews', () => pacer.spend(() => preview(all[candidate]!.ids)));
      onProgress?.({ kind: 'preview', frame: index, candidate, patch });
    }
    await nextTurn();
  };
}
