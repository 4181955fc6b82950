import type { Rect } from '../../../core/base/geometry.ts';
import { containsRect } from '../../../core/base/geometry.ts';
import type { FramePlan } from '../../../core/frames/planFrames.ts';
import { selectionParts } from '../../../core/selection/parts.ts';
import type { FillOrder, WaitingCandidate } from '../../state/fillSession.svelte.ts';
import { partsShown, type ThumbnailPart } from '../thumbnails/differing.ts';
import { patchedSource } from '../thumbnails/sources.ts';
import type { PixelSource } from '../../../core/raster/thumbnail.ts';

interface CandidatePicture {
  readonly parts: readonly ThumbnailPart[];
  readonly canvas: Rect; // document px
  readonly source: PixelSource;
}

/** What a candidate changes, drawn on the picture that it was made from: later edits do not change it. */
export function candidatePicture(candidate: WaitingCandidate, height: number): CandidatePicture {
  const { order, picture, patches } = candidate;
  return {
    parts: partsShown(filledParts(order), picture.rect, height),
    canvas: picture.rect,
    source: patchedSource(picture, patches, order.selection),
  };
}

/** The bounds of the connected parts of a selection that some frames fill, document px. */
export function filledParts({ selection, plans }: Pick<FillOrder, 'selection' | 'plans'>): Rect[] {
  return selectionParts(selection).filter((part) => isIn(plans, part));
}

function isIn(plans: readonly FramePlan[], part: Rect): boolean {
  return plans.some(({ bounds }) => containsRect(bounds, part));
}
