import { applyFill } from '../../../core/document/candidate.ts';
import type { FramePlan } from '../../../core/frames/planFrames.ts';
import { intersectRects, isEmptyRect } from '../../../core/base/geometry.ts';
import { readRect } from '../../../core/raster/flat.ts';
import { applyPatch, composePatches } from '../../../core/raster/patch.ts';
import type { Raster, RasterPatch } from '../../../core/raster/raster.ts';
import { combine } from '../../../core/selection/combine.ts';
import type { FillOrder, WaitingCandidate } from '../../state/fillSession.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { pixelsOnTheirWay } from '../tokens/candidates/mix.ts';
import { leaveScrub, scrubOf } from '../tokens/candidates/scrub.ts';
import { tokensWith } from './acceptTokens.ts';

/**
 * Accepts the candidate that is shown, as soon as its pixels are there. One that is looked at as it was after some steps
 * is first shown as it became, since that is what would be accepted.
 */
export async function acceptShown(document: OpenDocument): Promise<void> {
  const { fill } = document;
  if (scrubOf(document)) {
    leaveScrub(document);
    return;
  }
  const id = fill.currentId;
  const pixels = pixelsOnTheirWay(document, id);
  if (pixels) await pixels;
  const candidate = fill.byId(id);
  if (candidate) accept(document, candidate);
}

/**
 * Makes a candidate part of the picture, as one undo step: the pixels that were selected when the fill was asked for,
 * and no others, whatever was edited since. What was filled is not selected any more, so that it does not cover the
 * result and the next fill leaves it alone; "fill again" remembers it. Other candidates for the same place go.
 */
export function accept(document: OpenDocument, candidate: WaitingCandidate, label = 'Fill'): void {
  const { current, fill } = document;
  const picture = applyFill(current, candidate.patches, candidate.order.selection);
  const tokens = { before: current.tokens, after: tokensWith(current, candidate) };
  // A removal was never selected.
  const selection = label === 'Fill' ? { selection: deselected(current.selection, candidate.order) } : {};
  document.commit(label, { picture, ...selection, tokens }, candidate.details);
  document.record = candidate.record;
  fill.remove((other) => meet(other.order.plans, candidate.order.plans));
}

/** What takes away from a selection all that a fill was for, also where that was selected only a little. */
function deselected(selection: Raster, order: FillOrder): RasterPatch {
  let left = selection;
  let all: RasterPatch = { changes: [] };
  for (const { bounds } of order.plans) {
    const data = readRect(order.selection, bounds).map((value) => (value > 0 ? 255 : 0));
    const next = combine(left, { rect: bounds, data }, 'subtract');
    left = applyPatch(left, next);
    all = composePatches(all, next);
  }
  return all;
}

function meet(some: readonly FramePlan[], others: readonly FramePlan[]): boolean {
  return some.some((a) => others.some((b) => !isEmptyRect(intersectRects(a.bounds, b.bounds))));
}
