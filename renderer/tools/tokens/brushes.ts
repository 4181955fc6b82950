import type { TokenKind, ToolTokens } from './cellGesture.ts';
import type { PointerInput } from '../tool.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Point } from '../../state/view.svelte.ts';
import { type BrushWork, CellStroke } from './cellStroke.ts';
import { beginPainting } from '../../commands/tokens/paint/paint.ts';
import { currentCode } from './picker.ts';
import { eraseCells, pinCells, restoreCells } from '../../commands/tokens/cells/cells.ts';
import { nearestCell } from './gridPoints.ts';
import { setEdit } from '../../../core/tokens/edit.ts';

/** A tool that is a brush. With Shift a straight line comes from where its last stroke ended. */
export function brushKind(
  id: TokenKind['id'],
  alt: TokenKind['alt'],
  workOn: (tokens: ToolTokens, input: PointerInput) => BrushWork | null,
): TokenKind {
  let last: { readonly document: OpenDocument; readonly point: Point } | null = null;
  const lineFrom = ({ document }: ToolTokens, { shift }: PointerInput): Point | null =>
    shift && last?.document === document ? last.point : null;
  return {
    id,
    alt,
    covers: 'brush',
    begin(tokens, input) {
      const work = workOn(tokens, input);
      if (!work) return null;
      return new CellStroke(tokens, work, input, lineFrom(tokens, input), (point) => {
        last = { document: tokens.document, point };
      });
    },
    hovers(tokens, input) {
      const from = lineFrom(tokens, input);
      return from ? [{ kind: 'line', from, to: input }] : [];
    },
  };
}

/** Paints with the current code; the picture follows. */
export function brush(): TokenKind {
  return brushKind('token-brush', 'picks', (tokens, input) => {
    const code = currentCode(tokens, nearestCell(tokens.frame, input));
    const painting = beginPainting(tokens.editor, tokens.document, 'Token brush');
    if (!painting) return null;
    return {
      sign: null,
      add: (cells) => {
        painting.paint(setEdit(cells, code));
      },
      finish: () => painting.end(),
      cancel: () => {
        painting.cancel();
      },
    };
  });
}

/** Takes tokens away: their squares become the hole. */
export function eraser(): TokenKind {
  return brushKind('token-eraser', 'picks', ({ document }) => ({
    sign: 'erase',
    finish: (cells) => {
      eraseCells(document, cells);
    },
  }));
}

/** Brings back the tokens of the picture as it was opened. */
export function restore(): TokenKind {
  return brushKind('token-restore', 'picks', ({ editor, document }) => ({
    sign: 'restore',
    finish: (cells) => restoreCells(editor, document, cells),
  }));
}

/** Pins tokens; with Alt it lets go of them. */
export function pin(): TokenKind {
  return brushKind('token-pin', 'own', ({ document }, { alt }) => ({
    sign: alt ? 'unpin' : 'pin',
    finish: (cells) => {
      pinCells(document, cells, !alt);
    },
  }));
}
