import { movePlan } from '../frames/movePlan.ts';
import { type FramePlan, planFrames } from '../frames/planFrames.ts';
import type { FrameOptions } from '../frames/rules.ts';
import { blobs } from '../masks/blobs.ts';
import { bounds as boundsIn } from '../masks/bounds.ts';
import type { Rect } from '../pixels/picture.ts';
import { intersectRects, isEmptyRect } from '../pixels/rect.ts';
import { boundsOf } from '../raster/bounds.ts';
import { readRect } from '../raster/flat.ts';
import type { Raster } from '../raster/raster.ts';
import type { Document } from './document.ts';

/**
 * Where a fill of what is selected would work, document px: the frame that was chosen by hand, for the selection in it,
 * or those that planFrames chooses. None where nothing is selected. Cost follows the selection's bounds.
 *
 * @throws TesseraError 'limit' when the canvas is too small.
 */
export function planFills(
  { canvas, selection, frame }: Pick<Document, 'canvas' | 'selection' | 'frame'>,
  options: FrameOptions,
): FramePlan[] {
  const selected = boundsOf(selection);
  if (!selected) return [];
  if (frame) {
    const bounds = selectedIn(selection, intersectRects(selected, frame.rect));
    return bounds ? [{ frame, bounds }] : [];
  }
  const parts = partsOf(selection, selected).map((part) => moved(part, -canvas.x, -canvas.y));
  return planFrames(canvas, parts, options).map((plan) => movePlan(plan, canvas.x, canvas.y));
}

/** The bounds of what is selected in `rect`, document px; null if nothing is. */
function selectedIn(selection: Raster, rect: Rect): Rect | null {
  if (isEmptyRect(rect)) return null;
  const found = boundsIn(flat(selection, rect));
  return found && moved(found, rect.x, rect.y);
}

/** The bounds of the connected parts of a selection, document px. */
function partsOf(selection: Raster, rect: Rect): Rect[] {
  return blobs(flat(selection, rect)).list.map(({ bounds }) => moved(bounds, rect.x, rect.y));
}

function flat(selection: Raster, rect: Rect): { width: number; height: number; data: Uint8Array } {
  return { width: rect.width, height: rect.height, data: readRect(selection, rect) };
}

function moved(rect: Rect, dx: number, dy: number): Rect {
  return { ...rect, x: rect.x + dx, y: rect.y + dy };
}
