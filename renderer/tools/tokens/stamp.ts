import { type CellGesture, type ToolTokens, type TokenKind, chooseGesture } from './cellGesture.ts';
import type { PointerInput, Overlay } from '../tool.ts';
import type { Size } from '../../../core/base/geometry.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { beginPainting } from '../../commands/tokens/paint/paint.ts';
import { cellAt } from '../../../core/frames/cells.ts';
import { report } from '../../commands/report.ts';
import { stampEdit, type TokenStamp } from '../../../core/tokens/stamp.ts';
import { takeStampFrom } from '../../commands/tokens/cells/stamps.ts';
import { type GridPoint, gridPointAt, sizeOf } from './gridPoints.ts';

/** Puts the stamp down, and more of it side by side while it is dragged; Alt takes a stamp, Alt+Shift adds to it. */
export function stamp(): TokenKind {
  return {
    id: 'token-stamp',
    alt: 'own',
    covers: 'cell',
    begin: (tokens, input) => (input.alt ? take(tokens, input) : put(tokens, input)),
    hovers(tokens, input) {
      const stamp = tokens.editor.tokenTools.stamp;
      return stamp && !input.alt ? ghost(tokens, stamp, input) : [];
    },
  };
}

function take(tokens: ToolTokens, input: PointerInput): CellGesture | null {
  const { editor, document } = tokens;
  return chooseGesture(tokens, input, (cells) => takeStampFrom(editor, document, cells));
}

function put(tokens: ToolTokens, input: PointerInput): CellGesture | null {
  const { editor, document, frame } = tokens;
  const stamp = editor.tokenTools.stamp;
  if (cellAt(frame, input.x, input.y) === null || !fits(tokens, stamp)) return null;
  const painting = beginPainting(editor, document, 'Token stamp', [
    { kind: 'size', of: 'tokens', width: stamp.grid.width, height: stamp.grid.height },
  ]);
  if (!painting) return null;
  const trail = new StampTrail(stamp.grid);
  const go = (at: PointerInput): void => {
    for (const { column, row } of trail.to(cornerOf(tokens, stamp, at))) {
      const edit = stampEdit(stamp, sizeOf(frame), column, row);
      if (edit.cells.length > 0) painting.paint(edit);
    }
  };
  go(input);
  return {
    move: go,
    end: () => painting.end(),
    cancel() {
      painting.cancel();
    },
    overlays: () => [],
  };
}

/** Ids mean something in one package only. */
function fits({ editor, package: made }: ToolTokens, stamp: TokenStamp | null): stamp is TokenStamp {
  if (stamp?.package.sha256 === made.sha256) return true;
  const error = stamp
    ? new TesseraError('input', 'This stamp was taken with another package.', 'Take it again with this one.')
    : new TesseraError('input', 'There is no stamp yet.', 'Hold Alt and drag over the tokens to take.');
  report(editor, error);
  return false;
}

/** Where the stamp would lie. */
function ghost(tokens: ToolTokens, stamp: TokenStamp, input: PointerInput): Overlay[] {
  const { frame, package: made } = tokens;
  if (stamp.package.sha256 !== made.sha256 || cellAt(frame, input.x, input.y) === null) return [];
  const { column, row } = cornerOf(tokens, stamp, input);
  return [{ kind: 'tokens', frame, edit: stampEdit(stamp, sizeOf(frame), column, row) }];
}

/** The upper left corner of a stamp whose middle is under the pointer. */
function cornerOf({ frame }: ToolTokens, { grid }: TokenStamp, input: PointerInput): GridPoint {
  const { column, row } = gridPointAt(frame, input);
  return {
    column: column - Math.floor((grid.width - 1) / 2),
    row: row - Math.floor((grid.height - 1) / 2),
  };
}

/** Where a stamp is put while it is dragged: side by side on a lattice that begins where the button went down. */
class StampTrail {
  private readonly size: Size; // of the stamp, tokens
  private readonly done = new Set<string>();
  private first: GridPoint | null = null;
  private last: GridPoint | null = null;

  constructor(size: Size) {
    this.size = size;
  }

  /** Goes to a place in a straight line; gives the corners where the stamp has not been put yet. */
  to(point: GridPoint): GridPoint[] {
    const first = (this.first ??= point);
    const from = this.last ?? point;
    this.last = point;
    return stepsBetween(from, point)
      .map((step) => this.onLattice(first, step))
      .filter(({ column, row }) => {
        const key = `${column} ${row}`;
        return !this.done.has(key) && this.done.add(key);
      });
  }

  private onLattice(first: GridPoint, { column, row }: GridPoint): GridPoint {
    const { width, height } = this.size;
    return {
      column: first.column + Math.round((column - first.column) / width) * width,
      row: first.row + Math.round((row - first.row) / height) * height,
    };
  }
}

function stepsBetween(from: GridPoint, to: GridPoint): GridPoint[] {
  const columns = to.column - from.column;
  const rows = to.row - from.row;
  const count = Math.max(1, Math.abs(columns), Math.abs(rows));
  return Array.from({ length: count + 1 }, (_, i) => ({
    column: from.column + Math.round((columns * i) / count),
    row: from.row + Math.round((rows * i) / count),
  }));
}
