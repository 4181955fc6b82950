import { movePlan } from '../frames/movePlan.ts';
import { type FramePlan, planFrames } from '../frames/planFrames.ts';
import type { FrameOptions } from '../frames/rules.ts';
import type { Rect } from '../base/geometry.ts';
import { boundsWithin } from '../selection/boundsWithin.ts';
import { selectionParts } from '../selection/parts.ts';
import type { Document } from './document.ts';

/**
 * Where a fill of what is selected would work, document px: the frame that was chosen by hand, for the selection in it,
 * or those that planFrames chooses. None where nothing is selected. Cost follows what of the selection was changed since
 * it was last asked.
 *
 * @throws TesseraError 'limit' when the canvas is too small.
 */
export function planFills(
  { canvas, selection, frame }: Pick<Document, 'canvas' | 'selection' | 'frame'>,
  options: FrameOptions,
): FramePlan[] {
  if (frame) {
    const bounds = boundsWithin(selection, frame.rect);
    return bounds ? [{ frame, bounds }] : [];
  }
  const parts = selectionParts(selection).map((part) => moved(part, -canvas.x, -canvas.y));
  if (parts.length === 0) return [];
  return planFrames(canvas, parts, options).map((plan) => movePlan(plan, canvas.x, canvas.y));
}

function moved(rect: Rect, dx: number, dy: number): Rect {
  return { ...rect, x: rect.x + dx, y: rect.y + dy };
}
