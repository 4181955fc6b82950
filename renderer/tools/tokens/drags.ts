import type { CellGesture, ToolTokens, TokenKind } from './cellGesture.ts';
import type { Frame } from '../../../core/frames/frame.ts';
import { type GridPoint, clampCell, gridPointAt, gridPointOf, sizeOf } from './gridPoints.ts';
import type { PointerInput } from '../tool.ts';
import { cellAt } from '../../../core/frames/cells.ts';
import { currentCode } from './picker.ts';
import { lineCells, rectangleCells } from '../../../core/tokens/cells.ts';
import { paintOnce } from '../../commands/tokens/paint/paint.ts';
import { setEdit, type TokenEdit } from '../../../core/tokens/edit.ts';

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
  cellsOf: (tokens: ToolTokens, from: number, to: number) => Int32Array,
): TokenKind {
  return {
    id,
    alt: 'picks',
    drags: true,
    covers: id === 'token-line' ? 'brush' : 'cell',
    begin(tokens, input) {
      const { editor, document, frame } = tokens;
      const from = cellAt(frame, input.x, input.y);
      if (from === null) return null;
      const code = currentCode(tokens, from);
      return dragGesture(frame, from, input, snap, {
        edit: (to) => setEdit(cellsOf(tokens, from, to), code),
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
  const start = gridPointOf(frame, from);
  const go = (input: PointerInput): void => {
    const at = gridPointAt(frame, input);
    const to = clampCell(frame, input.shift ? snap(start, at) : at);
    if (to !== last) now = edit(to);
    last = to;
  };
  go(first);
  return {
    move: go,
    end: () => end(now),
    cancel: () => undefined,
    overlays: () => [{ kind: 'tokens', frame, edit: now }],
  };
}

/** The place nearest to `to` that lies straight or diagonally from `from`. */
function inEighths(from: GridPoint, to: GridPoint): GridPoint {
  const columns = to.column - from.column;
  const rows = to.row - from.row;
  const [across, down] = [Math.abs(columns), Math.abs(rows)];
  if (across > 2 * down) return { column: to.column, row: from.row };
  return down > 2 * across ? { column: from.column, row: to.row } : evenSides(from, to);
}

/** The corner of a square as large as the longer side. */
function evenSides(from: GridPoint, to: GridPoint): GridPoint {
  const columns = to.column - from.column;
  const rows = to.row - from.row;
  const side = Math.max(Math.abs(columns), Math.abs(rows));
  return {
    column: from.column + (columns < 0 ? -side : side),
    row: from.row + (rows < 0 ? -side : side),
  };
}
