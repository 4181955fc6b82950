import type { PixelPatch } from '../pixels/patch.ts';
import type { Model } from '../model/model.ts';
import { fillFrame, passesOf } from './fillFrame.ts';
import type { FillClock, FilledFrames, FillSettings, FrameFill, FrameJob, JobControl } from './fillJob.ts';

/** Refills frames one after the other, each with a seed of its own. Throws as {@link fillFrame} does. */
export async function fillFrames(
  model: Model,
  jobs: readonly FrameJob[],
  settings: FillSettings,
  control: JobControl,
  clock: FillClock,
): Promise<FilledFrames> {
  const patches: PixelPatch[][] = Array.from({ length: settings.candidates }, () => []);
  const frames: FrameFill[] = [];
  const total = jobs.reduce((sum, { plan }) => sum + passesOf(plan), 0);
  let before = 0;
  for (const [index, job] of jobs.entries()) {
    const seed = (settings.seed + index) >>> 0;
    const passes = { before, total };
    const filled = await fillFrame(
      { model, job, settings: { ...settings, seed }, index, passes, clock },
      control,
    );
    before += passesOf(job.plan);
    frames.push(filled.frame);
    filled.patches.forEach((patch, candidate) => {
      patches[candidate]!.push(patch);
      control.previews?.show(index, candidate, patch);
    });
  }
  return { frames, candidates: patches.map((all) => ({ patches: all })) };
}
