import { planFrames } from '../frames/planFrames.ts';
import { TesseraError } from '../base/errors.ts';
import { type Blob, blobs } from '../pixels/masks/blobs.ts';
import type { Model } from '../model/model.ts';
import { createClock } from './clock.ts';
import { fillFrames } from './fillFrames.ts';
import { FILL_PHASES, type FillJob, type FillResult, type JobControl } from './fillJob.ts';

/**
 * Refills what is selected in a picture: chooses frames around it, and on each one encodes what is known, runs the
 * reverse diffusion over the hole, decodes it and lays it into the picture. The picture itself is not changed.
 *
 * Throws 'input' for a selection that is empty or of another size, 'limit' for pictures and frames that the package
 * cannot take, and 'aborted'.
 */
export async function fillPicture(model: Model, job: FillJob, control: JobControl = {}): Promise<FillResult> {
  const clock = createClock(FILL_PHASES);
  const parts = await clock.time('plan', () => selectedParts(job));
  const plans = await clock.time('plan', () =>
    planFrames(
      job.picture,
      parts.map(({ bounds }) => bounds),
      {
        downsample: model.tokenizer.downsample,
        minSize: model.tokenizer.minSize,
        window: model.denoiser.window,
        ...(job.scale === undefined ? {} : { scale: job.scale }),
      },
    ),
  );

  const { picture, selection } = job;
  const jobs = plans.map((plan) => ({ plan, picture, selection }));
  return {
    ...(await fillFrames(model, jobs, job, control, clock)),
    selectedPixels: parts.reduce((sum, { area }) => sum + area, 0),
    timings: clock.times,
  };
}

/** The connected parts of what is selected: the one look at the whole selection, after which only they matter. */
function selectedParts({ picture, selection }: FillJob): readonly Blob[] {
  if (selection.width !== picture.width || selection.height !== picture.height) {
    throw new TesseraError(
      'input',
      `The mask is ${selection.width} x ${selection.height} px, the picture ${picture.width} x ${picture.height} px.`,
      'Give a mask of the size of the picture.',
    );
  }
  const parts = blobs(selection).list;
  if (parts.length === 0) {
    throw new TesseraError('input', 'The mask selects nothing.', 'Paint white what is to be refilled.');
  }
  return parts;
}
