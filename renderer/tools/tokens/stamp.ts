import { type CellGesture, type Place, type TokenKind, chooseGesture } from './cellGesture.ts';
import type { PointerInput, Sketch } from '../tool.ts';
import type { Size } from '../../../core/base/geometry.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { beginPainting } from '../../commands/tokens/paint/paint.ts';
import { cellAt } from '../../../core/frames/cells.ts';
import { report } from '../../commands/report.ts';
import { stampEdit, type TokenStamp } from '../../../core/tokens/stamp.ts';
import { takeStampFrom } from '../../commands/tokens/cells/stamps.ts';
import { type GridPlace, placeAt, sizeOf } from './places.ts';

/** Puts a piece of tokens down, and more of it side by side while it is dragged; Alt takes a piece, Alt+Shift adds to it. */
export function stamp(): TokenKind {
  return {
    id: 'token-stamp',
    alt: 'own',
    covers: 'cell',
    begin: (place, input) => (input.alt ? take(place, input) : put(place, input)),
    hovers(place, input) {
      const held = place.editor.tokenTools.stamp;
      return held && !input.alt ? ghost(place, held, input) : [];
    },
  };
}

function take(place: Place, input: PointerInput): CellGesture | null {
  const { editor, document } = place;
  return chooseGesture(place, input, (cells) => takeStampFrom(editor, document, cells));
}

function put(place: Place, input: PointerInput): CellGesture | null {
  const { editor, document, frame } = place;
  const held = editor.tokenTools.stamp;
  if (cellAt(frame, input.x, input.y) === null || !fits(place, held)) return null;
  const painting = beginPainting(editor, document, 'Token stamp', [
    { kind: 'size', of: 'tokens', width: held.grid.width, height: held.grid.height },
  ]);
  if (!painting) return null;
  const trail = new StampTrail(held.grid);
  const go = (at: PointerInput): void => {
    for (const { column, row } of trail.to(cornerOf(place, held, at))) {
      const edit = stampEdit(held, sizeOf(frame), column, row);
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
    sketches: () => [],
  };
}

/** Ids mean something in one package only. */
function fits({ editor, package: made }: Place, held: TokenStamp | null): held is TokenStamp {
  if (held?.package.sha256 === made.sha256) return true;
  const error = held
    ? new TesseraError('input', 'This stamp was taken with another package.', 'Take it again with this one.')
    : new TesseraError('input', 'There is no stamp yet.', 'Hold Alt and drag over the tokens to take.');
  report(editor, error);
  return false;
}

/** Where the stamp would lie. */
function ghost(place: Place, held: TokenStamp, input: PointerInput): Sketch[] {
  const { frame, package: made } = place;
  if (held.package.sha256 !== made.sha256 || cellAt(frame, input.x, input.y) === null) return [];
  const { column, row } = cornerOf(place, held, input);
  return [{ kind: 'tokens', frame, edit: stampEdit(held, sizeOf(frame), column, row) }];
}

/** The upper left corner of a stamp whose middle is under the pointer. */
function cornerOf({ frame }: Place, { grid }: TokenStamp, input: PointerInput): GridPlace {
  const { column, row } = placeAt(frame, input);
  return {
    column: column - Math.floor((grid.width - 1) / 2),
    row: row - Math.floor((grid.height - 1) / 2),
  };
}

/** Where a stamp is put while it is dragged: side by side on a lattice that begins where the button went down. */
class StampTrail {
  private readonly size: Size; // of the stamp, tokens
  private readonly done = new Set<string>();
  private first: GridPlace | null = null;
  private last: GridPlace | null = null;

  constructor(size: Size) {
    this.size = size;
  }

  /** Goes to a place in a straight line; gives the corners where the stamp has not been put yet. */
  to(place: GridPlace): GridPlace[] {
    const first = (this.first ??= place);
    const from = this.last ?? place;
    this.last = place;
    return stepsBetween(from, place)
      .map((step) => this.onLattice(first, step))
      .filter(({ column, row }) => {
        const key = `${column} ${row}`;
        return !this.done.has(key) && this.done.add(key);
      });
  }

  private onLattice(first: GridPlace, { column, row }: GridPlace): GridPlace {
    const { width, height } = this.size;
    return {
      column: first.column + Math.round((column - first.column) / width) * width,
      row: first.row + Math.round((row - first.row) / height) * height,
    };
  }
}

function stepsBetween(from: GridPlace, to: GridPlace): GridPlace[] {
  const columns = to.column - from.column;
  const rows = to.row - from.row;
  const count = Math.max(1, Math.abs(columns), Math.abs(rows));
  return Array.from({ length: count + 1 }, (_, i) => ({
    column: from.column + Math.round((columns * i) / count),
    row: from.row + Math.round((rows * i) / count),
  }));
}
