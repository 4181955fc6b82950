import type { Document, FrameTokens } from '../../../core/document/document.ts';
import { tokensOf } from '../../../core/document/tokenSheets.ts';
import type { FillParams, FrameToFill, KnownTokens } from '../../../core/fill/params.ts';
import { frameToFill, paramsFor } from '../../../core/fill/planFills.ts';
import type { FramePlan } from '../../../core/frames/planFrames.ts';
import type { Branch, FillOrder, FillRun } from '../../state/fillSession.svelte.ts';
import { cellsSelected } from '../tokens/cells/hole.ts';
import { MASK } from '../../../core/tokens/grid.ts';
import type { Provenance } from '../../../core/tokens/provenance.ts';

/** The params of a fill that was asked for: of what is selected, or of the frame that a branch is made in. */
export function paramsOf({ order, seed, first = 0, branch }: FillRun, document: Document): FillParams {
  const { selection, plans } = order;
  const settings = { ...order, package: order.package.ref, seed, first };
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

/**
 * What a person knows of the tokens of a frame, as a fill is told it: outside the hole all that was painted, filled or
 * pinned, and in it the pins, which stay. Null where a person painted nothing: then the pixels tell all.
 *
 * @param previousPins cells of the hole that the same fill pinned before; they count as pins as long as nothing else happened
 */
export function hintsIn(
  { grid: { ids }, provenance, pins }: FrameTokens,
  hole: ReadonlySet<number>,
  previousPins: readonly number[],
): KnownTokens | null {
  const stillPinned = previousPins.filter((cell) => provenance[cell]?.kind === 'pinned');
  const pinned = new Set([...pins, ...stillPinned].filter((cell) => ids[cell] !== MASK));
  const cells: number[] = [];
  let isByHand = false;
  for (let cell = 0; cell < ids.length; cell++) {
    const isPinned = pinned.has(cell);
    const from = ids[cell] === MASK || hole.has(cell) ? 'encoded' : provenance[cell]!.kind;
    if (!isPinned && !TELLS.has(from)) continue;
    cells.push(cell);
    isByHand ||= isPinned || from !== 'filled';
  }
  if (!isByHand) return null;
  return {
    cells,
    ids: cells.map((cell) => ids[cell]!),
    pins: cells.filter((cell) => hole.has(cell)),
  };
}

/** What the pixels of a token do not tell as well as the token itself. */
const TELLS: ReadonlySet<Provenance['kind']> = new Set(['painted', 'filled', 'pinned']);
