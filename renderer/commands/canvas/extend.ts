import { applyChange } from '../../../core/document/applyChange.ts';
import { extendCanvas } from '../../../core/document/canvas.ts';
import type { Document } from '../../../core/document/document.ts';
import type { Frame } from '../../../core/frames/frame.ts';
import { MAX_CANVAS_PIXELS, MAX_CANVAS_SIDE } from '../../../core/base/limits.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import {
  containsRect,
  extendRect,
  growRect,
  type Margins,
  type Rect,
  type Size,
  uniteRects,
} from '../../../core/base/geometry.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { giveUpGesture } from '../gesture.ts';
import { report } from '../report.ts';

/** Makes the picture larger; what is new is empty and selected, so that a fill makes it. */
export function extendBy(editor: Editor, margins: Margins): void {
  const document = editor.active;
  if (!document) return;
  giveUpGesture(editor);
  try {
    extend(document, extendRect(document.current.canvas, margins));
  } catch (error) {
    report(editor, error);
  }
}

/** The picture as large as the frame that was chosen by hand asks for, where that reaches out of it. */
export function extendedToFrame(document: Document): Document {
  const { canvas, frame } = document;
  if (!frame || !reachesOut(canvas, frame)) return document;
  return applyChange(document, extendCanvas(document, uniteRects(canvas, frame.rect)));
}

/** Makes it so, as a step of its own. */
export function extendToFrame(document: OpenDocument): void {
  const { canvas, frame } = document.current;
  if (frame && reachesOut(canvas, frame)) extend(document, uniteRects(canvas, frame.rect));
}

/** Whether tokens of a frame lie outside the picture. One that only ends within a token asks for nothing new. */
export function reachesOut(canvas: Rect, { rect, columns }: Frame): boolean {
  const unit = rect.width / columns; // document px per token
  return !containsRect(growRect(canvas, unit - 1), rect);
}

function extend(document: OpenDocument, canvas: Rect): void {
  checkSize(canvas);
  const { width, height } = canvas;
  const { view, current } = document;
  const wasWhole = containsRect(view.visible(), current.canvas);
  document.commit('Extend', extendCanvas(current, canvas), [{ kind: 'size', of: 'px', width, height }]);
  if (wasWhole) view.reveal(canvas); // who was at work close by stays there
}

/** Throws 'limit' for a picture that would be too large to save. */
export function checkSize({ width, height }: Size): void {
  if (Math.max(width, height) <= MAX_CANVAS_SIDE && width * height <= MAX_CANVAS_PIXELS) return;
  throw new TesseraError(
    'limit',
    `The picture would be ${width} x ${height} px, too large to save.`,
    `Keep each side under ${MAX_CANVAS_SIDE} px, and the whole under ${MAX_CANVAS_PIXELS / 1e6} megapixels.`,
  );
}
