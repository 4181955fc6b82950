import { cellAt } from '../../../core/frames/cells.ts';
import { stampEdit, type TokenStamp } from '../../../core/tokens/stamp.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { report } from '../../commands/report.ts';
import { beginPainting } from '../../commands/tokens/paint.ts';
import { takeStampFrom } from '../../commands/tokens/stamps.ts';
import type { PointerInput, Sketch } from '../tool.ts';
import type { CellGesture, Place, TokenKind } from './cellGesture.ts';
import { chooseGesture } from './chooseGesture.ts';
import { placeAt, sizeOf, type GridPlace } from './places.ts';
import { StampTrail } from './stampTrail.ts';

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
  const painting = beginPainting(editor, document, 'Token stamp', {
    Size: `${held.grid.width} x ${held.grid.height} tokens`,
  });
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
