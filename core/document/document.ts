import type { Frame } from '../frames/frame.ts';
import type { Rect } from '../base/geometry.ts';
import type { Raster } from '../raster/raster.ts';
import type { TokenGrid } from '../tokens/grid.ts';
import type { Provenance } from '../tokens/provenance.ts';

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
