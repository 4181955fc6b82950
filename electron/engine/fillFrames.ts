import type { PixelPatch } from '../../core/pixels/patch.ts';
import type { LoadedPackage } from '../../native-models/runtime/loadPackage.ts';
import { fillFrame } from './fillFrame.ts';
import type { FillClock, FilledFrames, FillSettings, FrameFill, FrameJob, JobControl } from './fillJob.ts';

/** Refills frames one after the other, each with a seed of its own. Throws as {@link fillFrame} does. */
export async function fillFrames(
  model: LoadedPackage,
  jobs: readonly FrameJob[],
  settings: FillSettings,
  control: JobControl,
  clock: FillClock,
): Promise<FilledFrames> {
  const patches: PixelPatch[][] = Array.from({ length: settings.candidates }, () => []);
  const frames: FrameFill[] = [];
  for (const [index, job] of jobs.entries()) {
    const seed = (settings.seed + index) >>> 0;
    const filled = await fillFrame(
      { model, job, settings: { ...settings, seed }, index, count: jobs.length, clock },
      control,
    );
    frames.push(filled.frame);
    filled.patches.forEach((patch, candidate) => {
      patches[candidate]!.push(patch);
      control.previews?.show(index, candidate, patch);
    });
  }
  return { frames, candidates: patches.map((all) => ({ patches: all })) };
}
