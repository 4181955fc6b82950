import type { Abort } from '../base/abort.ts';
import { processOf } from '../sampling/noise.ts';
import type { FillRequest, PlannedTokens } from '../sampling/request.ts';
import type { TokenGrid } from '../tokens/grid.ts';
import type { PixelPatch } from '../pixels/picture.ts';
import { COARSE_SHARE, readTokens } from './coarsePass.ts';
import { compositionOf, drawPatches } from './composeFrame.ts';
import type { FrameTask } from './fillFrame.ts';
import type { PlanSource } from './params.ts';

/** What stands in the hole before the model draws. */
export interface CandidatePlan {
  readonly source: PlanSource;
  readonly tokens: PlannedTokens | null;
  readonly patch: PixelPatch | null; // how it is laid in, where the model has nothing to draw
}

/** The plans of the candidates; those after them are the denoiser's. Which suits a picture is seen when it is drawn. */
const SOURCES: readonly PlanSource[] = ['denoiser', 'patches', 'denoiser', 'mended'];

/** The share of patches' tokens that a mended plan begins with. */
const MENDED_SHARE = 0.5;

/**
 * Plans the candidates of a frame, each as it would be planned among all of its seed.
 *
 * @param coarsePass gives each of some candidates the tokens of a coarse pass, [candidates][hole]; null where there is none.
 * It is told how many of those before them have one too
 */
export async function planCandidates(
  task: FrameTask,
  hole: readonly number[],
  coarsePass: (candidates: readonly number[], before: number) => Promise<number[][] | null>,
  signal?: Abort,
): Promise<CandidatePlan[]> {
  const { candidates, first = 0 } = task.settings;
  const drawn = await patchesFor(task, hole, signal);
  const all = Array.from({ length: first + candidates }, (_, i) => (drawn && SOURCES[i]) ?? 'denoiser');
  const sources = all.slice(first);
  const own = [...sources.keys()].filter((i) => sources[i] === 'denoiser');
  const before = all.slice(0, first).filter((source) => source === 'denoiser').length;
  const coarse = await coarsePass(own, before);
  return sources.map((source, i) => {
    if (drawn && source === 'patches')
      return { source, tokens: { ids: drawn.ids, share: 1 }, patch: drawn.patch };
    if (drawn && source === 'mended')
      return { source, tokens: { ids: drawn.ids, share: MENDED_SHARE }, patch: null };
    const ids = coarse?.[own.indexOf(i)];
    return { source, tokens: ids ? { ids, share: COARSE_SHARE } : null, patch: null };
  });
}

/** What patches of the picture plan, with its tokens; null where they may not, or there are none. */
async function patchesFor(
  task: FrameTask,
  hole: readonly number[],
  signal?: Abort,
): Promise<{ ids: readonly number[]; patch: PixelPatch } | null> {
  const { model, frame, settings, clock } = task;
  if (!mayFollowPatches(task)) return null;
  const composition = compositionOf(model.tokenizer, frame, hole, settings, clock);
  const drawn = await drawPatches(composition, settings.seed, signal);
  if (!drawn) return null;
  const [ids] = await readTokens(task, hole, [drawn.whole], signal);
  return { ids: ids!, patch: drawn.patch };
}

/** Patches plan one of several candidates that nothing leads: no prompt, no hint, no branch, no tokens that may stay. */
function mayFollowPatches({ model, frame, settings, isCoarse }: FrameTask): boolean {
  const { candidates, first = 0, texture, prompt, strength } = settings;
  const isLed =
    Boolean(prompt) || strength !== undefined || Boolean(frame.start ?? frame.tokens?.pins.length);
  // What becomes other tokens step by step has no place for given ones.
  return (
    first + candidates > 1 &&
    texture > 0 &&
    !isCoarse &&
    !isLed &&
    processOf(model.denoiser).kind !== 'uniform'
  );
}

/** Whether the tokens of a hole are those that were planned. */
export function isAsPlanned(
  { hole }: Pick<FillRequest, 'hole'>,
  { tokens }: CandidatePlan,
  { ids }: TokenGrid,
): boolean {
  return tokens !== null && hole.every((cell, i) => ids[cell] === tokens.ids[i]);
}
