import { TesseraError } from '../base/errors.ts';
import { type Rect, sameRect } from '../base/geometry.ts';
import { applyPatch } from '../raster/patch.ts';
import type { Raster, RasterPatch } from '../raster/raster.ts';
import type { Change } from './change.ts';
import type { Document } from './document.ts';

/** The document after a change; the one given stays as it is. Throws 'internal' if the change was made for another. */
export function applyChange(document: Document, change: Change): Document {
  const canvas = change.canvas ? nextCanvas(document.canvas, change.canvas) : document.canvas;
  return {
    canvas,
    picture: changed(document.picture, canvas, change.picture),
    original: changed(document.original, canvas, change.original),
    selection: changed(document.selection, canvas, change.selection),
    frame: change.frame ? change.frame.after : document.frame,
    tokens: change.tokens ? change.tokens.after : document.tokens,
  };
}

function nextCanvas(canvas: Rect, { before, after }: NonNullable<Change['canvas']>): Rect {
  if (sameRect(canvas, before)) return after;
  const { x, y, width, height } = before;
  throw new TesseraError(
    'internal',
    `The change expects a canvas of ${width} x ${height} px at (${x}, ${y}).`,
  );
}

function changed(raster: Raster, rect: Rect, patch: RasterPatch | undefined): Raster {
  const placed = raster.rect === rect ? raster : { ...raster, rect };
  return patch ? applyPatch(placed, patch) : placed;
}
