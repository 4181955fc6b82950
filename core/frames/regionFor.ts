import type { Rect } from '../base/geometry.ts';
import { growRect, intersectRects, isEmptyRect, uniteRects } from '../base/geometry.ts';
import { cellBounds, cellsInPicture } from './cells.ts';
import type { Frame } from './frame.ts';
import type { FramePlan } from './planFrames.ts';

/**
 * The part of a canvas that decides what a fill of a frame gives: with the pixels and the selection of this region
 * alone it gives the same bytes as with all of the canvas. That is the frame; where it reaches outside the canvas, the
 * pixels that are mirrored in; the surroundings of the selection that feathering measures; and the same of its coarse passes.
 */
export function regionFor(plan: FramePlan, canvas: Rect, feather: number): Rect {
  const own = regionOfFrame(plan, canvas, feather);
  return plan.coarse ? uniteRects(own, regionFor(plan.coarse, canvas, 0)) : own;
}

function regionOfFrame({ frame, bounds }: FramePlan, canvas: Rect, feather: number): Rect {
  const x = seenAlong(frame.rect.x - canvas.x, frame.rect.width, canvas.width);
  const y = seenAlong(frame.rect.y - canvas.y, frame.rect.height, canvas.height);
  const seen = { x: canvas.x + x.start, y: canvas.y + y.start, width: x.length, height: y.length };
  const filled = intersectRects(intersectRects(bounds, frame.rect), canvas);
  if (isEmptyRect(filled)) return seen;
  return uniteRects(seen, intersectRects(growRect(filled, Math.ceil(feather) + 1), canvas));
}

/** The part of a canvas that decides what painting some cells of a frame gives: their pixels and one around them. */
export function regionOfCells(frame: Frame, cells: ArrayLike<number>, canvas: Rect): Rect {
  return intersectRects(growRect(cellsInPicture(cellBounds(cells, frame), frame), 1), canvas);
}

/** The pixels of an axis of `size` that a stretch reads, those outside mirrored at the ends; they touch an end then. */
function seenAlong(start: number, length: number, size: number): { start: number; length: number } {
  const last = start + length - 1;
  const from = Math.min(start, 2 * (size - 1) - last); // beyond the far end the mirror comes back
  const to = Math.max(last, -start);
  const first = Math.max(0, from);
  return { start: first, length: Math.min(size - 1, to) - first + 1 };
}
