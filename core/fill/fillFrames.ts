import type { Abort } from '../base/abort.ts';
import { TesseraError } from '../base/errors.ts';
import { fullRect, intersectRects } from '../base/geometry.ts';
import type { Model } from '../model/model.ts';
import type { PixelPatch } from '../pixels/picture.ts';
import { createClock } from './clock.ts';
import { fillFrame } from './fillFrame.ts';
import { passesOf } from './fillTime.ts';
import {
  FILL_PHASES,
  type FilledFrame,
  type FillOutcome,
  type FillParams,
  type FillProgress,
  type FrameToFill,
  pixelsOf,
} from './params.ts';
import type { Pacer } from './previews.ts';
import { meanScore, rankingOf, type Score } from './score.ts';

/** How a fill is followed and stopped. An abort stops it within one step, by a TesseraError 'aborted'. */
export interface FillControl {
  readonly signal?: Abort;
  readonly onProgress?: (progress: FillProgress) => void;
  /** Says when there is time for a preview of a step; without one, only finished frames are shown. */
  readonly pacer?: Pacer;
}

/**
 * A fill, the only way there is to one: frame after frame, each with a seed of its own, it encodes what is known, runs the
 * reverse diffusion over the hole, decodes it and lays it into the picture as a patch. The same params, package and
 * provider give the same tokens and pixels.
 *
 * Throws 'input' where nothing is selected in a frame, 'limit' for frames that the package cannot take, and 'aborted'.
 */
export async function fillFrames(
  model: Model,
  params: FillParams,
  control: FillControl = {},
): Promise<FillOutcome> {
  const clock = createClock(FILL_PHASES);
  const selectedPixels = params.frames.reduce((sum, frame) => sum + countSelected(frame), 0);
  const total = params.frames.reduce((sum, { plan }) => sum + passesOf(plan), 0);
  const made = Array.from({ length: params.candidates }, () => ({
    patches: [] as PixelPatch[],
    scores: [] as Score[],
  }));
  const frames: FilledFrame[] = [];
  let before = 0;
  for (const [index, frame] of params.frames.entries()) {
    const settings = { ...params, seed: (params.seed + index) >>> 0 };
    const task = { model, frame, settings, index, passes: { before, total }, clock };
    const filled = await fillFrame(task, control);
    before += passesOf(frame.plan);
    frames.push(filled.frame);
    filled.patches.forEach((patch, candidate) => {
      const { patches, scores } = made[candidate]!;
      patches.push(patch);
      if (filled.scores[candidate]) scores.push(filled.scores[candidate]);
      control.onProgress?.({ kind: 'preview', frame: index, candidate, patch });
    });
  }
  const candidates = made.map(({ patches, scores }) => ({ patches, score: meanScore(scores) }));
  return {
    candidates,
    ranking: rankingOf(candidates.map(({ score }) => score)),
    frames,
    package: { id: model.id, sha256: model.sha256 },
    selectedPixels,
    // Previews are made between steps, and their time is not the sampler's.
    timings: { ...clock.times, steps: clock.times.steps - clock.times.previews },
  };
}

/** How many pixels the fill of a frame may change. */
function countSelected(frame: FrameToFill): number {
  const { selection } = pixelsOf(frame);
  const { region, plan } = frame;
  const part = intersectRects(intersectRects(plan.frame.rect, plan.bounds), fullRect(selection));
  let count = 0;
  for (let y = part.y; y < part.y + part.height; y++) {
    const from = (y - region.y) * region.width + part.x - region.x;
    for (let i = from; i < from + part.width; i++) if (selection.data[i]! > 0) count++;
  }
  if (count > 0) return count;
  throw new TesseraError('input', 'Nothing is selected in the frame.', 'Select what is to be refilled.');
}
