import { setEdit } from '../../../core/tokens/edit.ts';
import { beginPainting } from '../../commands/tokens/paint.ts';
import type { TokenKind } from './cellGesture.ts';
import { codeInHand } from './code.ts';
import { nearestCell } from './places.ts';
import { brushKind } from './strokes.ts';

/** Paints with the code in the hand; the picture follows. */
export function brush(): TokenKind {
  return brushKind('token-brush', 'picks', (place, input) => {
    const { editor, document, frame } = place;
    const code = codeInHand(place, nearestCell(frame, input));
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
