import { TesseraError } from '../base/errors.ts';
import type { Margins, Rect } from '../base/geometry.ts';
import { containsRect, extendRect, intersectRects, isEmptyRect } from '../base/geometry.ts';
import { applyPatch, composePatches } from '../raster/patch.ts';
import type { Raster, RasterPatch } from '../raster/raster.ts';
import { withRect } from '../raster/resize.ts';
import { fillRect } from '../raster/write.ts';
import { applyChange } from './applyChange.ts';
import { type Change, mergeChanges } from './change.ts';
import type { Document } from './document.ts';

const NO_MARGINS: Margins = { left: 0, top: 0, right: 0, bottom: 0 };

/**
 * A larger canvas, document px: what is new is transparent, and becomes selected beside what is, with the outermost
 * `overlap` px of what was. Throws 'internal' if it would cut anything off.
 */
export function extendCanvas(document: Document, canvas: Rect, overlap: Margins = NO_MARGINS): Change {
  const before = document.canvas;
  if (!containsRect(canvas, before)) {
    throw new TesseraError('internal', 'A canvas that is extended holds all of what it was.');
  }
  if (containsRect(before, canvas)) return {};
  const { left, top, right, bottom } = overlap;
  const kept = extendRect(before, { left: -left, top: -top, right: -right, bottom: -bottom });
  const selection = selectAround(withRect(document.selection, canvas).raster, kept);
  return { canvas: { before, after: canvas }, selection };
}

/**
 * A smaller canvas, what `rect` and the canvas share; a frame that lies outside it is given up. Throws 'input' if they
 * share nothing.
 */
export function cropCanvas(document: Document, rect: Rect): Change {
  const { canvas: before, frame } = document;
  const after = intersectRects(rect, before);
  if (isEmptyRect(after)) {
    throw new TesseraError('input', 'Nothing of the picture lies there.', 'Crop to a part of the picture.');
  }
  if (containsRect(after, before)) return {};
  const { patch: picture } = withRect(document.picture, after);
  const { patch: original } = withRect(document.original, after);
  const { patch: selection } = withRect(document.selection, after);
  const lost = frame !== null && isEmptyRect(intersectRects(frame.rect, after));
  return {
    canvas: { before, after },
    ...(picture && { picture }),
    ...(original && { original }),
    ...(selection && { selection }),
    ...(lost && { frame: { before: frame, after: null } }),
  };
}

/** A canvas of another rectangle: what lies outside it is cut off, and what is new is transparent and selected. */
export function setCanvas(document: Document, canvas: Rect): Change {
  const cropped = cropCanvas(document, canvas);
  return mergeChanges(cropped, extendCanvas(applyChange(document, cropped), canvas));
}

/** Selects all but `inner`, in four strips: above, below, left and right of it. */
function selectAround(selection: Raster, inner: Rect): RasterPatch {
  const { x, y, width, height } = selection.rect;
  const right = inner.x + inner.width;
  const bottom = inner.y + inner.height;
  const strips = [
    { x, y, width, height: inner.y - y },
    { x, y: bottom, width, height: y + height - bottom },
    { x, y: inner.y, width: inner.x - x, height: inner.height },
    { x: right, y: inner.y, width: x + width - right, height: inner.height },
  ];
  let all: RasterPatch = { changes: [] };
  let current = selection;
  for (const strip of strips) {
    const patch = fillRect(current, strip, 255);
    current = applyPatch(current, patch);
    all = composePatches(all, patch);
  }
  return all;
}
