import type { Document } from '../../../core/document/document.ts';
import { tokensOf } from '../../../core/document/tokenSheets.ts';
import type { FillParams, FrameToFill, KnownTokens } from '../../../core/fill/params.ts';
import { frameToFill, paramsFor } from '../../../core/fill/planFills.ts';
import type { FramePlan } from '../../../core/frames/planFrames.ts';
import type { Branch, FillOrder, FillRun } from '../../state/fillSession.svelte.ts';
import { cellsSelected } from '../tokens/cells/hole.ts';
import { hintsIn } from './hints.ts';

/** The params of a fill that was asked for: of what is selected, or of the frame that a branch is made in. */
export function paramsOf({ order, seed, branch }: FillRun, document: Document): FillParams {
  const { selection, plans } = order;
  const settings = { ...order, package: order.package.id, seed };
  const source = { picture: document.picture, selection };
  if (branch) return { ...paramsFor(source, [], settings), frames: [branchFrame(branch)] };
  return paramsFor(source, plans, settings, (plan, index) =>
    hintsFor(document, order, plan, order.previousPins[index] ?? []),
  );
}

/** The frame as the fill saw it that the branch goes on from. */
function branchFrame({ from, frame, start }: Branch): FrameToFill {
  const { order, picture, frames } = from;
  const source = { picture, selection: order.selection };
  const sent = frameToFill(source, order.plans[frame]!, order.feather, frames[frame]!.tokens);
  return { ...sent, ...(start && { start }) };
}

function hintsFor(
  document: Document,
  order: FillOrder,
  { frame }: FramePlan,
  previousPins: readonly number[],
): KnownTokens | null {
  const tokens = tokensOf(document, frame, order.package.sha256);
  return tokens && hintsIn(tokens, cellsSelected(order.selection, frame), previousPins);
}
