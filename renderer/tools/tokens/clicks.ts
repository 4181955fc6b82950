import { type TokenKind, chooseGesture, clickGesture } from './cellGesture.ts';
import { bucketCells } from '../../../core/tokens/cells.ts';
import { cellAt } from '../../../core/frames/cells.ts';
import { currentCode } from './picker.ts';
import { paintOnce } from '../../commands/tokens/paint/paint.ts';
import { setEdit } from '../../../core/tokens/edit.ts';
import { suggest } from '../../commands/tokens/model/suggest.ts';

/** Paints the cells that hang together with the one that is clicked and hold the same code. */
export function bucket(): TokenKind {
  return {
    id: 'token-bucket',
    alt: 'picks',
    covers: 'cell',
    begin(tokens, input) {
      const { editor, document, frame, grid } = tokens;
      const cell = cellAt(frame, input.x, input.y);
      if (cell === null) return null;
      const code = currentCode(tokens, cell);
      const edit = setEdit(bucketCells(grid, cell), code);
      return clickGesture(() => paintOnce(editor, document, 'Token bucket', edit));
    },
  };
}

/** Asks the model about the token that is clicked, or about the group that is dragged around; Shift adds to it. */
export function ask(): TokenKind {
  return {
    id: 'token-ask',
    alt: 'picks',
    drags: true,
    covers: 'cell',
    begin(tokens, input) {
      const { editor, document } = tokens;
      return chooseGesture(tokens, input, (cells) => suggest(editor, document, cells));
    },
  };
}
