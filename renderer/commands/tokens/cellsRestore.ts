import type { Change } from '../../../core/document/change.ts';
import type { Document, FrameTokens } from '../../../core/document/document.ts';
import type { TokenGrid } from '../../../core/tokens/grid.ts';
import { ENCODED } from '../../../core/tokens/provenance.ts';
import { combine } from '../../../core/selection/combine.ts';
import { cellsMask } from '../../../core/frames/cellRects.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { tokensChange } from './paintChange.ts';
import { copyCells } from './paintPixels.ts';
import { readySheet } from './sheet.ts';
import { workOf } from './sheetWork.ts';

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
    const { tokens } = await readySheet(editor, document);
    const { current } = document;
    const opened = { package: tokens.package, frame: tokens.frame, picture: current.original };
    const { grid } = await workOf(document).originals.get(editor, opened);
    if (document.current !== current) continue; // it was changed meanwhile, and the tokens may be others
    const change = restoredChange(current, tokens, grid, meant);
    if (change) document.commit('Restore tokens', change, { Tokens: `${meant.length}` });
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
