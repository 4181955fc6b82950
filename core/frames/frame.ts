import { moveRect, type Rect, sameRect } from '../base/geometry.ts';

/**
 * The rectangle of the picture that the model works on. One token covers `downsample * scale` picture px, a whole
 * number, so that frames snap to the token grid. A frame may reach outside the picture; those pixels are mirrored in.
 */
export interface Frame {
  readonly rect: Rect; // picture px
  readonly scale: number; // picture px per model px
  readonly columns: number; // tokens
  readonly rows: number; // tokens
}

/** A frame of a document as files tell of it: px from the corner of the canvas. */
export function onCanvas(frame: Frame, canvas: Rect): Frame {
  return { ...frame, rect: moveRect(frame.rect, -canvas.x, -canvas.y) };
}

/** Whether two frames are the same cells of the same pixels. */
export function sameFrame(a: Frame, b: Frame): boolean {
  return a === b || (a.columns === b.columns && a.rows === b.rows && sameRect(a.rect, b.rect));
}
