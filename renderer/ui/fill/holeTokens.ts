import type { FramePlan } from '../../../core/frames/planFrames.ts';
import { selectionToHole } from '../../../core/masks/selectionToHole.ts';
import type { Rect } from '../../../core/pixels/picture.ts';
import { intersectRects, isEmptyRect } from '../../../core/pixels/rect.ts';
import { readRect } from '../../../core/raster/flat.ts';
import type { Raster } from '../../../core/raster/raster.ts';

/** How many tokens the frames of a fill will refill. All rectangles are document px. */
export function holeTokens(selection: Raster, plans: readonly FramePlan[]): number {
  return plans.reduce((sum, plan) => sum + tokensOf(selection, plan), 0);
}

function tokensOf(selection: Raster, { frame, bounds }: FramePlan): number {
  const part = intersectRects(intersectRects(bounds, frame.rect), selection.rect);
  if (isEmptyRect(part)) return 0;
  const mask = { width: part.width, height: part.height, data: readRect(selection, part) };
  return selectionToHole(mask, { ...frame, rect: relativeTo(frame.rect, part) }).length;
}

function relativeTo(rect: Rect, origin: Rect): Rect {
  return { ...rect, x: rect.x - origin.x, y: rect.y - origin.y };
}
