import type { Rect } from '../base/geometry.ts';
import { empty } from '../raster/make.ts';
import type { Raster } from '../raster/raster.ts';
import { withRect } from '../raster/resize.ts';
import type { Document } from './document.ts';

/** A picture as it was just opened; what lies outside the canvas is left out. */
export function openDocument(canvas: Rect, picture: Raster): Document {
  const { raster } = withRect(picture, canvas);
  return { canvas, picture: raster, original: raster, selection: empty(canvas, 1), frame: null, tokens: [] };
}
