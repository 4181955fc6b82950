import { eraseCells, pinCells, restoreCells } from '../../commands/tokens/cells.ts';
import type { TokenKind } from './cellGesture.ts';
import { brushKind } from './strokes.ts';

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
