import { bucketCells } from '../../../core/tokens/cells.ts';
import { cellAt } from '../../../core/frames/cells.ts';
import { setEdit } from '../../../core/tokens/edit.ts';
import { paintOnce } from '../../commands/tokens/paint.ts';
import type { TokenKind } from './cellGesture.ts';
import { clickGesture } from './clickGesture.ts';
import { codeInHand } from './code.ts';

/** Paints the cells that hang together with the one that is clicked and hold the same code. */
export function bucket(): TokenKind {
  return {
    id: 'token-bucket',
    alt: 'picks',
    covers: 'cell',
    begin(place, input) {
      const { editor, document, frame, grid } = place;
      const cell = cellAt(frame, input.x, input.y);
      if (cell === null) return null;
      const code = codeInHand(place, cell);
      const edit = setEdit(bucketCells(grid, cell), code);
      return clickGesture(() => paintOnce(editor, document, 'Token bucket', edit));
    },
  };
}
