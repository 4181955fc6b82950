import { movePlan } from '../frames/movePlan.ts';
import type { FillOutcome, FillParams, FrameToFill } from './params.ts';
import { TesseraError } from '../base/errors.ts';
import type { PixelPatch } from '../pixels/patch.ts';
import { fullRect, intersectRects } from '../base/geometry.ts';
import type { Model } from '../model/model.ts';
import { createClock } from './clock.ts';
import { fillFrames } from './fillFrames.ts';
import { FILL_PHASES, type FrameJob, type JobControl } from './fillJob.ts';
import type { Previews } from './previews/previews.ts';

/**
 * Refills frames of a document of which only the regions around them are known. Patches are document px, in the
 * outcome and in previews; they are those that a fill of the whole document gives, byte for byte.
 *
 * Throws 'input' where nothing is selected in a frame, 'limit' for frames that the package cannot take, and 'aborted'.
 */
export async function fillRegions(
  model: Model,
  params: FillParams,
  control: JobControl = {},
): Promise<FillOutcome> {
  const clock = createClock(FILL_PHASES);
  const jobs = params.frames.map(jobOf);
  const selectedPixels = jobs.reduce((sum, job) => sum + countSelected(job), 0);
  const toDocument = (patch: PixelPatch, frame: number): PixelPatch => {
    const { region } = params.frames[frame]!;
    return { ...patch, rect: { ...patch.rect, x: patch.rect.x + region.x, y: patch.rect.y + region.y } };
  };

  const { frames, candidates } = await fillFrames(
    model,
    jobs,
    params,
    { ...control, ...(control.previews && { previews: inDocument(control.previews, toDocument) }) },
    clock,
  );
  const previews = control.previews?.pacer.spent ?? 0;
  return {
    candidates: candidates.map(({ patches }) => ({ patches: patches.map(toDocument) })),
    frames: frames.map(({ request, known, candidates }) => ({
      hole: request.hole,
      request,
      known: known.ids,
      candidates,
    })),
    package: { id: model.id, sha256: model.sha256 },
    selectedPixels,
    timings: { ...clock.times, steps: clock.times.steps - previews, previews },
  };
}

/** A frame of a document in the region around it. */
export function jobOf({ plan, region, picture, selection, tokens, start }: FrameToFill): FrameJob {
  const { x, y, width, height } = region;
  return {
    plan: movePlan(plan, -x, -y),
    picture: { width, height, data: picture },
    selection: { width, height, data: selection },
    ...(tokens && { tokens }),
    ...(start && { start }),
  };
}

function inDocument(
  { pacer, show }: Previews,
  toDocument: (patch: PixelPatch, frame: number) => PixelPatch,
): Previews {
  return {
    pacer,
    show: (frame, candidate, patch) => {
      show(frame, candidate, toDocument(patch, frame));
    },
  };
}

/** How many pixels the fill of a frame may change. */
function countSelected({ plan, selection }: FrameJob): number {
  const visible = intersectRects(plan.frame.rect, fullRect(selection));
  const { x, y, width, height } = intersectRects(visible, plan.bounds);
  let count = 0;
  for (let row = y; row < y + height; row++) {
    const from = row * selection.width + x;
    for (let i = from; i < from + width; i++) if (selection.data[i]! > 0) count++;
  }
  if (count > 0) return count;
  throw new TesseraError('input', 'Nothing is selected in the frame.', 'Select what is to be refilled.');
}
