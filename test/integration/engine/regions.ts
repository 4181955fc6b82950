import { movePlan } from '../../../core/frames/movePlan.ts';
import { planFrames } from '../../../core/frames/planFrames.ts';
import { regionFor } from '../../../core/frames/regionFor.ts';
import type { FillParams, FrameToFill } from '../../../core/fill/params.ts';
import { cropMask } from '../../../core/pixels/masks/crop.ts';
import { crop } from '../../../core/pixels/crop.ts';
import type { FillJob } from '../../../core/fill/fillJob.ts';
import type { LoadedPackage } from '../../../native-models/runtime/loadPackage.ts';

/** A job as a window asks for it whose canvas begins at `at`: each frame with no more than it can see. */
export function paramsOf(model: LoadedPackage, job: FillJob, at = { x: 0, y: 0 }): FillParams {
  const { picture, selection, sampling, seed, candidates, feather, detail, scale } = job;
  const { tokenizer, denoiser } = model;
  const plans = planFrames(picture, selection, {
    downsample: tokenizer.downsample,
    minSize: tokenizer.minSize,
    window: denoiser.window,
    ...(scale !== undefined && { scale }),
  });
  const canvas = { ...at, width: picture.width, height: picture.height };
  const frames = plans.map((plan): FrameToFill => {
    const moved = movePlan(plan, at.x, at.y);
    const region = regionFor(moved, canvas, feather);
    const inPicture = { ...region, x: region.x - at.x, y: region.y - at.y };
    return {
      plan: moved,
      region,
      picture: crop(picture, inPicture).data,
      selection: cropMask(selection, inPicture).data,
    };
  });
  return { package: model.id, frames, sampling, seed, candidates, feather, detail };
}
