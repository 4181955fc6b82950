import type { Change } from '../../../core/document/change.ts';
import type { FrameTokens } from '../../../core/document/document.ts';
import { pinTokens } from '../../../core/document/tokenSheets.ts';
import { combine } from '../../../core/selection/combine.ts';
import { cellsMask } from '../../../core/frames/cellRects.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { frameChange, tokensChange } from './paintChange.ts';
import { isOutside } from './paintPixels.ts';

export { holeCells } from './cellsHole.ts';
export { restoreCells } from './cellsRestore.ts';

/**
 * Takes the tokens of cells away: their squares become selected, so that the next fill draws them anew. What was pinned
 * there is pinned no more.
 */
export function eraseCells(document: OpenDocument, cells: Iterable<number>): void {
  const { current } = document;
  const tokens = document.tokenWork.sheet?.tokens;
  if (!tokens) return;
  const { frame } = tokens;
  const erased = [...cells].filter((cell) => !isOutside(frame, cell, current.canvas));
  const selection = combine(current.selection, cellsMask(frame, erased, current.canvas), 'add');
  const pins = pinned(tokens, erased, false);
  if (selection.changes.length === 0 && !pins) return;
  const change: Change = {
    selection,
    ...frameChange(current, frame),
    ...(pins && tokensChange(current, pins)),
  };
  document.commit('Erase tokens', change, { Tokens: `${erased.length}` });
}

/** Makes fills keep the tokens of cells also in the hole, or not any more. */
export function pinCells(document: OpenDocument, cells: Iterable<number>, keep: boolean): void {
  const { current, tokenWork } = document;
  if (!tokenWork.sheet) return;
  const meant = [...cells];
  const pins = pinned(tokenWork.sheet.tokens, meant, keep);
  if (!pins) return;
  const facts = { Tokens: `${meant.length}` };
  document.commit(keep ? 'Pin tokens' : 'Unpin tokens', tokensChange(current, pins), facts);
}

/** The tokens with some pinned or not; null if they are so already. */
function pinned(tokens: FrameTokens, cells: readonly number[], keep: boolean): FrameTokens | null {
  const before = new Set(tokens.pins);
  return cells.some((cell) => before.has(cell) !== keep) ? pinTokens(tokens, cells, keep) : null;
}
