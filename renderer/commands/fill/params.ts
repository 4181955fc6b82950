import type { Document } from '../../../core/document/document.ts';
import { tokensOf } from '../../../core/document/tokenSheets.ts';
import type { FramePlan } from '../../../core/frames/planFrames.ts';
import { regionFor } from '../../../core/frames/regionFor.ts';
import type { FillParams, FrameToFill, KnownTokens } from '../../../core/fill/params.ts';
import { readRect } from '../../../core/raster/flat.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import type { Branch, FillOrder, FillRun } from '../../state/fillSession.svelte.ts';
import { cellsSelected } from '../tokens/cells/hole.ts';
import { hintsIn } from './hints.ts';

/** What the engine is sent: each frame with the part of the picture that it can see, and nothing of what is between. */
export function paramsFor({ order, seed, branch }: FillRun, document: Document): FillParams {
  const { sampling, candidates, feather, detail } = order;
  const frames = branch
    ? [branchFrame(branch)]
    : order.plans.map((plan, index) =>
        frameToFill(plan, order, document.picture, hintsFor(document, order, plan, order.kept[index] ?? [])),
      );
  return { package: order.package.id, frames, sampling, seed, candidates, feather, detail };
}

/** A frame of an order with the part of a picture that it can see. */
export function frameToFill(
  plan: FramePlan,
  { selection, feather }: Pick<FillOrder, 'selection' | 'feather'>,
  picture: Raster,
  tokens: KnownTokens | null,
): FrameToFill {
  const region = regionFor(plan, picture.rect, feather);
  return {
    plan,
    region,
    picture: readRect(picture, region),
    selection: readRect(selection, region),
    ...(tokens && { tokens }),
  };
}

/** The frame as the fill saw it that the branch goes on from. */
function branchFrame({ from, frame, start }: Branch): FrameToFill {
  const { order, picture, frames } = from;
  const sent = frameToFill(order.plans[frame]!, order, picture, frames[frame]!.tokens);
  return { ...sent, ...(start && { start }) };
}

function hintsFor(
  document: Document,
  order: FillOrder,
  { frame }: FramePlan,
  kept: readonly number[],
): KnownTokens | null {
  const tokens = tokensOf(document, frame, order.package.sha256);
  return tokens && hintsIn(tokens, cellsSelected(order.selection, frame), kept);
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
