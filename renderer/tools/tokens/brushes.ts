import type { CellGesture, ToolTokens, TokenKind } from './cellGesture.ts';
import type { CellSign, PointerInput, Overlay } from '../tool.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Point } from '../../state/view.svelte.ts';
import { CellStroke } from './cellStroke.ts';
import { beginPainting } from '../../commands/tokens/paint/paint.ts';
import { currentCode } from './picker.ts';
import { eraseCells, pinCells, restoreCells } from '../../commands/tokens/cells/cells.ts';
import { nearestCell } from './gridPoints.ts';
import { setEdit } from '../../../core/tokens/edit.ts';

/** What is done with the cells that a brush passes over. */
export interface Brushed {
  /** As it does so, the cells that are new. */
  add?(cells: Int32Array): void;
  /** At the end of the gesture, with all of them; there is at least one. */
  end(cells: number[]): unknown;
  cancel?(): void;
  /** How they show meanwhile; null where they do by themselves. */
  readonly sign: CellSign | null;
}

/** A tool that is a brush. With Shift a straight line comes from where its last stroke ended. */
export function brushKind(
  id: TokenKind['id'],
  alt: TokenKind['alt'],
  begin: (tokens: ToolTokens, input: PointerInput) => Brushed | null,
): TokenKind {
  let last: { readonly document: OpenDocument; readonly point: Point } | null = null;
  const lineFrom = ({ document }: ToolTokens, { shift }: PointerInput): Point | null =>
    shift && last?.document === document ? last.point : null;
  return {
    id,
    alt,
    covers: 'brush',
    begin(tokens, input) {
      const brushed = begin(tokens, input);
      if (!brushed) return null;
      const stroke = new CellStroke(tokens.frame, tokens.editor.tokenTools.width);
      const from = lineFrom(tokens, input);
      if (from) stroke.at = from;
      return gestureOf(tokens, stroke, brushed, input, (point) => {
        last = { document: tokens.document, point };
      });
    },
    hovers(tokens, input) {
      const from = lineFrom(tokens, input);
      return from ? [{ kind: 'line', from, to: input }] : [];
    },
  };
}

function gestureOf(
  { frame }: ToolTokens,
  stroke: CellStroke,
  brushed: Brushed,
  first: PointerInput,
  ended: (at: Point) => void,
): CellGesture {
  const go = (input: PointerInput): void => {
    const fresh = stroke.to(input);
    if (fresh.length > 0) brushed.add?.(fresh);
  };
  go(first);
  return {
    move: go,
    end() {
      if (stroke.at) ended(stroke.at);
      return stroke.cells.size > 0 ? brushed.end(ascending(stroke.cells)) : brushed.cancel?.();
    },
    cancel() {
      brushed.cancel?.();
    },
    overlays: (): Overlay[] =>
      brushed.sign === null ? [] : [{ kind: 'cells', frame, cells: stroke.cells, sign: brushed.sign }],
  };
}

function ascending(cells: ReadonlySet<number>): number[] {
  return [...cells].sort((a, b) => a - b);
}

/** Paints with the current code; the picture follows. */
export function brush(): TokenKind {
  return brushKind('token-brush', 'picks', (tokens, input) => {
    const { editor, document, frame } = tokens;
    const code = currentCode(tokens, nearestCell(frame, input));
    const painting = beginPainting(editor, document, 'Token brush');
    if (!painting) return null;
    return {
      sign: null,
      add: (cells) => {
        painting.paint(setEdit(cells, code));
      },
      end: () => painting.end(),
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
    end: (cells) => {
      eraseCells(document, cells);
    },
  }));
}

/** Brings back the tokens of the picture as it was opened. */
export function restore(): TokenKind {
  return brushKind('token-restore', 'picks', ({ editor, document }) => ({
    sign: 'restore',
    end: (cells) => restoreCells(editor, document, cells),
  }));
}

/** Pins tokens; with Alt it lets go of them. */
export function pin(): TokenKind {
  return brushKind('token-pin', 'own', ({ document }, { alt }) => ({
    sign: alt ? 'unpin' : 'pin',
    end: (cells) => {
      pinCells(document, cells, !alt);
    },
  }));
}
