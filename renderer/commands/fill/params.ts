import type { Document } from '../../../core/document/document.ts';
import { regionFor } from '../../../core/frames/regionFor.ts';
import type { FillParams, FrameToFill } from '../../../core/ipc/engineApi.ts';
import { readRect } from '../../../core/raster/flat.ts';
import type { FillRun } from '../../state/fillSession.svelte.ts';

/** What the engine is sent: each frame with the part of the picture that it can see, and nothing of what is between. */
export function paramsFor({ order, seed }: FillRun, { picture, canvas }: Document): FillParams {
  const { sampling, candidates, feather, detail } = order;
  const frames = order.plans.map((plan): FrameToFill => {
    const region = regionFor(plan, canvas, feather);
    return {
      plan,
      region,
      picture: readRect(picture, region),
      selection: readRect(order.selection, region),
    };
  });
  return { package: order.package.id, frames, sampling, seed, candidates, feather, detail };
}

/** Whether a fill makes something where nothing was: a selected pixel is transparent. */
export function growsPicture({ frames }: FillParams): boolean {
  return frames.some(({ picture, selection }) => {
    for (let i = 0; i < selection.length; i++) {
      if (selection[i]! > 0 && picture[4 * i + 3] === 0) return true;
    }
    return false;
  });
}
