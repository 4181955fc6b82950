import type { Frame } from '../../../core/frames/frame.ts';
import { cellAt } from '../../../core/frames/cells.ts';
import { lineCells, rectangleCells } from '../../../core/tokens/cells.ts';
import { setEdit, type TokenEdit } from '../../../core/tokens/edit.ts';
import { paintOnce } from '../../commands/tokens/paint.ts';
import type { PointerInput } from '../tool.ts';
import type { CellGesture, Place, TokenKind } from './cellGesture.ts';
import { codeInHand } from './code.ts';
import { clampCell, placeAt, placeOf, sizeOf } from './places.ts';
import { evenSides, inEighths } from './snap.ts';

/** A straight line from where the button goes down to where it goes up; Shift keeps to multiples of 45 degrees. */
export function line(): TokenKind {
  return dragKind('token-line', 'Token line', inEighths, ({ frame, editor }, from, to) =>
    lineCells(sizeOf(frame), from, to, editor.tokenTools.width),
  );
}

/** A filled rectangle between two corners; Shift keeps its sides equal. */
export function rectangle(): TokenKind {
  return dragKind('token-rectangle', 'Token rectangle', evenSides, ({ frame }, from, to) =>
    rectangleCells(sizeOf(frame), from, to),
  );
}

function dragKind(
  id: 'token-line' | 'token-rectangle',
  label: string, // of the undo step
  snap: typeof inEighths,
  cellsOf: (place: Place, from: number, to: number) => Int32Array,
): TokenKind {
  return {
    id,
    alt: 'picks',
    drags: true,
    covers: id === 'token-line' ? 'brush' : 'cell',
    begin(place, input) {
      const { editor, document, frame } = place;
      const from = cellAt(frame, input.x, input.y);
      if (from === null) return null;
      const code = codeInHand(place, from);
      return dragGesture(frame, from, input, snap, {
        edit: (to) => setEdit(cellsOf(place, from, to), code),
        end: (edit) => paintOnce(editor, document, label, edit),
      });
    },
  };
}

interface Dragged {
  readonly edit: (to: number) => TokenEdit;
  readonly end: (edit: TokenEdit) => unknown;
}

function dragGesture(
  frame: Frame,
  from: number,
  first: PointerInput,
  snap: typeof inEighths,
  { edit, end }: Dragged,
): CellGesture {
  let now = edit(from);
  let last = from;
  const start = placeOf(frame, from);
  const go = (input: PointerInput): void => {
    const place = placeAt(frame, input);
    const to = clampCell(frame, input.shift ? snap(start, place) : place);
    if (to !== last) now = edit(to);
    last = to;
  };
  go(first);
  return {
    move: go,
    end: () => end(now),
    cancel: () => undefined,
    sketches: () => [{ kind: 'tokens', frame, edit: now }],
  };
}
