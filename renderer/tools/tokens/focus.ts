import { containsPoint } from '../../../core/base/geometry.ts';
import { cellAt } from '../../../core/frames/cells.ts';
import { cellRect } from '../../../core/frames/cellRects.ts';
import type { Frame } from '../../../core/frames/frame.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { frameSeen } from '../../state/tokens/tokensSeen.ts';
import type { Point } from '../../state/view.svelte.ts';
import type { PointerInput } from '../tool.ts';
import { clampCell, type GridPoint, nearestCell, gridPointOf } from './gridPoints.ts';

const FAR = 8; // tokens that an arrow goes with Shift

/** Moves the cell that the keyboard is at, and scrolls it into view; the first arrow shows where it is. */
export function moveFocus(editor: Editor, step: Point, far: boolean): boolean {
  const document = editor.active;
  const frame = document && frameSeen(editor, document);
  if (!document || !frame) return false;
  const { tokenWork, view } = document;
  const by = far ? FAR : 1;
  const tokens = tokenWork.focus === null ? null : gridPointOf(frame, tokenWork.focus);
  const to = tokens && { column: tokens.column + by * step.x, row: tokens.row + by * step.y };
  if (to && leads(document, frame, to) && editor.gesture === null)
    return leaveFrame(editor, document, frame, to);
  tokenWork.focus = to ? clampCell(frame, to) : firstFocus(editor, document, frame);
  tokenWork.hover = null; // the keyboard is what counts now
  tokenWork.chosen = [];
  view.panInto(cellRect(frame, tokenWork.focus));
  return true;
}

/** Whether a step goes out of the frame, and stays on the picture. */
function leads({ current }: OpenDocument, frame: Frame, to: GridPoint): boolean {
  const { x, y } = middleOf(frame, to);
  return containsPoint(current.canvas, { x, y }) && cellAt(frame, x, y) === null;
}

/** Goes on in the frame beside, as the pointer does. */
function leaveFrame(editor: Editor, document: OpenDocument, frame: Frame, to: GridPoint): boolean {
  const { tokenWork, view } = document;
  const at = middleOf(frame, to);
  tokenWork.workAt(at);
  const next = frameSeen(editor, document);
  if (!next) return false;
  tokenWork.focus = nearestCell(next, at);
  view.panInto(cellRect(next, tokenWork.focus));
  return true;
}

/** Document px, also of a place beside the frame. */
function middleOf({ rect, columns, rows }: Frame, { column, row }: GridPoint): Point {
  return {
    x: rect.x + ((column + 0.5) * rect.width) / columns,
    y: rect.y + ((row + 0.5) * rect.height) / rows,
  };
}

/** A click in the middle of the cell that the keyboard is at; null where it is at none. */
export function atFocus(editor: Editor): PointerInput | null {
  const document = editor.active;
  const frame = document && frameSeen(editor, document);
  const cell = document?.tokenWork.focus ?? null;
  if (!document || !frame || cell === null) return null;
  const rect = cellRect(frame, cell);
  const at = { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
  return {
    ...at,
    screen: document.view.toScreen(at),
    pressure: 1,
    shift: false,
    alt: false,
    buttons: 1,
    time: performance.now(),
  };
}

/** Under the pointer, or in the middle of what is seen. */
function firstFocus({ pointer }: Editor, { view }: OpenDocument, frame: Frame): number {
  const under = pointer && cellAt(frame, pointer.x, pointer.y);
  return under ?? nearestCell(frame, view.centre);
}
