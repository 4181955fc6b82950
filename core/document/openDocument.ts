import type { Rect } from '../base/geometry.ts';
import { empty } from '../raster/make.ts';
import type { Raster } from '../raster/raster.ts';
import { withRect } from '../raster/resize.ts';
import type { Document } from './document.ts';

import { fullRect } from '../base/geometry.ts';
import type { Mask } from '../pixels/masks/mask.ts';
import type { Picture } from '../pixels/picture.ts';
import { fromFlat } from '../raster/flat.ts';

/** A picture as it was just opened; what lies outside the canvas is left out. */
export function openDocument(canvas: Rect, picture: Raster): Document {
  const { raster } = withRect(picture, canvas);
  return { canvas, picture: raster, original: raster, selection: empty(canvas, 1), frame: null, tokens: [] };
}

/** A document of a picture whose pixels lie row by row, with what a mask of the same size selects. */
export function documentOf(picture: Picture, selection?: Mask): Document {
  const canvas = fullRect(picture);
  const document = openDocument(canvas, fromFlat(canvas, 4, picture.data));
  return selection ? { ...document, selection: fromFlat(canvas, 1, selection.data) } : document;
}
