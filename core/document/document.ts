import type { Frame } from '../frames/frame.ts';
import { fullRect, type Rect, sameRect } from '../base/geometry.ts';
import type { Raster } from '../raster/raster.ts';
import type { TokenGrid } from '../tokens/grid.ts';
import type { Provenance } from '../tokens/provenance.ts';
import { sameTiles } from '../raster/tileMap.ts';
import { empty } from '../raster/make.ts';
import { withRect } from '../raster/resize.ts';
import type { Mask } from '../pixels/masks/mask.ts';
import type { Picture } from '../pixels/picture.ts';
import { fromFlat } from '../raster/flat.ts';

/** What a person works on, an immutable snapshot; commands make the next one. All rectangles are document px. */
export interface Document {
  readonly canvas: Rect; // what is seen and exported; grows to any side
  readonly picture: Raster; // RGBA; its rect is `canvas`
  /** What was opened, for "paint the original back"; shares its tiles with `picture` where nothing was done. */
  readonly original: Raster;
  readonly selection: Raster; // 1 channel; its rect is `canvas`
  /** Where the next fill works, or null for the frame that is chosen around the selection. */
  readonly frame: Frame | null;
  /** The tokens that accepted fills left behind, the newest last. */
  readonly tokens: readonly FrameTokens[];
}

/** The tokens of one frame, and where they came from. */
export interface FrameTokens {
  readonly package: { readonly id: string; readonly sha256: string };
  readonly frame: Frame; // document px
  readonly grid: TokenGrid;
  readonly pins: readonly number[]; // flat cell indices
  readonly provenance: readonly Provenance[]; // [height * width]
}

/**
 * Whether two documents are the same, for documents of one history: there, what is the same is shared. What was done,
 * undone and redone is the same again.
 */
export function sameDocument(a: Document, b: Document): boolean {
  return (
    a === b ||
    (a.tokens === b.tokens &&
      a.frame === b.frame &&
      sameRaster(a.picture, b.picture) &&
      sameRaster(a.selection, b.selection) &&
      sameRaster(a.original, b.original))
  );
}

function sameRaster(a: Raster, b: Raster): boolean {
  return sameRect(a.rect, b.rect) && sameTiles(a.tiles, b.tiles);
}

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
