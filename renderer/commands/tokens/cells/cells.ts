import type { Change } from '../../../../core/document/change.ts';
import type { Document, FrameTokens } from '../../../../core/document/document.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import type { TokenGrid } from '../../../../core/tokens/grid.ts';
import { ENCODED } from '../../../../core/tokens/provenance.ts';
import { cellsMask } from '../../../../core/frames/cellRects.ts';
import { combine } from '../../../../core/selection/combine.ts';
import { copyCells, isOutside } from '../paint/pixels.ts';
import { frameChange, tokensChange } from '../paint/change.ts';
import { pinTokens } from '../../../../core/document/tokenSheets.ts';
import { readyTokens } from '../view/frameTokens.ts';
import { encoderOf } from '../view/encoder.ts';

/**
 * Takes the tokens of cells away: their squares become selected, so that the next fill draws them anew. What was pinned
 * there is pinned no more.
 */
export function eraseCells(document: OpenDocument, cells: Iterable<number>): void {
  const { current } = document;
  const tokens = document.tokenWork.frameTokens?.tokens;
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
  document.commit('Erase tokens', change, [{ kind: 'count', of: 'tokens', count: erased.length }]);
}

/** Makes fills keep the tokens of cells also in the hole, or not any more. */
export function pinCells(document: OpenDocument, cells: Iterable<number>, keep: boolean): void {
  const { current, tokenWork } = document;
  if (!tokenWork.frameTokens) return;
  const meant = [...cells];
  const pins = pinned(tokenWork.frameTokens.tokens, meant, keep);
  if (!pins) return;
  document.commit(keep ? 'Pin tokens' : 'Unpin tokens', tokensChange(current, pins), [
    { kind: 'count', of: 'tokens', count: meant.length },
  ]);
}

/** The tokens with some pinned or not; null if they are so already. */
function pinned(tokens: FrameTokens, cells: readonly number[], keep: boolean): FrameTokens | null {
  const before = new Set(tokens.pins);
  return cells.some((cell) => before.has(cell) !== keep) ? pinTokens(tokens, cells, keep) : null;
}

/**
 * Brings back what was opened: its pixels in the squares of the cells, and the tokens that the tokenizer makes of it
 * there. Cells of the hole are selected no more.
 */
export async function restoreCells(
  editor: Editor,
  document: OpenDocument,
  cells: Iterable<number>,
): Promise<void> {
  const meant = [...cells];
  for (;;) {
    const { tokens } = await readyTokens(editor, document);
    const { current } = document;
    const opened = { package: tokens.package, frame: tokens.frame, picture: current.original };
    const { grid } = await document.tokenWork.originals.get(opened, encoderOf(editor));
    if (document.current !== current) continue; // it was changed meanwhile, and the tokens may be others
    const change = restoredChange(current, tokens, grid, meant);
    if (change)
      document.commit('Restore tokens', change, [{ kind: 'count', of: 'tokens', count: meant.length }]);
    return;
  }
}

/** Null where all is as it was opened. */
function restoredChange(
  document: Document,
  tokens: FrameTokens,
  opened: TokenGrid,
  cells: readonly number[],
): Change | null {
  const { frame } = tokens;
  const mask = cellsMask(frame, cells, document.canvas);
  const picture = copyCells(document.original, document.picture, frame, cells);
  const selection = combine(document.selection, mask, 'subtract');
  const restored = withOpened(tokens, opened, cells);
  if (picture.changes.length === 0 && selection.changes.length === 0 && !restored) return null;
  return { picture, selection, ...tokensChange(document, restored ?? { ...tokens }) };
}

/** The tokens with those of the opened picture in some cells; null if they are there already. */
function withOpened(tokens: FrameTokens, opened: TokenGrid, cells: readonly number[]): FrameTokens | null {
  const meant = new Set(cells);
  const isOpened = (cell: number): boolean =>
    tokens.grid.ids[cell] === opened.ids[cell] && tokens.provenance[cell]?.kind === 'encoded';
  const pins = tokens.pins.filter((cell) => !meant.has(cell));
  if (pins.length === tokens.pins.length && cells.every(isOpened)) return null;
  return {
    ...tokens,
    grid: {
      ...tokens.grid,
      ids: tokens.grid.ids.map((id, cell) => (meant.has(cell) ? opened.ids[cell]! : id)),
    },
    pins,
    provenance: tokens.provenance.map((was, cell) => (meant.has(cell) ? ENCODED : was)),
  };
}
