import type { Frame } from '../frames/frame.ts';
import type { PixelPatch } from '../pixels/picture.ts';
import type { Rect } from '../base/geometry.ts';
import type { Prompt } from '../sampling/request.ts';
import type { TokenGrid } from '../tokens/grid.ts';

/** A frame, and the part of the picture that it can see: what regionFor (core/frames) gives. */
export interface FrameSeen {
  readonly frame: Frame;
  readonly region: Rect;
  readonly picture: Uint8Array; // [height, width, 4] of the region
}

export interface EncodedFrame {
  readonly grid: TokenGrid;
  /** Distance from the encoder's output to the code, per cell; null where the package does not give it. */
  readonly distances: Float32Array | null; // [rows * columns]
  /** Root mean square of picture - decode(encode(picture)) over a cell, in levels of 0 .. 255. */
  readonly errors: Float32Array; // [rows * columns]
}

/** Of the picture no more is needed than what regionOfCells (core/frames) gives: less to send than all of the frame. */
export interface TokensToPaint extends FrameSeen {
  readonly package: string; // id
  readonly before: TokenGrid; // what `picture` shows
  readonly after: TokenGrid;
  readonly cells: readonly number[]; // whose pixels may change
}

/** As for painting, of the picture no more is needed than what regionOfCells gives. */
export interface TokensToSuggest extends FrameSeen {
  readonly package: string; // id
  readonly grid: TokenGrid; // what `picture` shows
  readonly hole: readonly number[]; // cells that the model is not told, besides `cells`
  readonly cells: readonly number[]; // one, or a group: then a code's probability is its mean over them
  readonly count: number; // of suggestions
  readonly prompt?: Prompt; // what leads the model; left out, nothing does
}

export interface Suggestions {
  readonly list: readonly Suggestion[]; // the likeliest first
  readonly entropy: number; // bits, the mean over the cells
}

export interface Suggestion {
  readonly id: number;
  readonly probability: number;
  readonly patch: PixelPatch; // what painting it into the cells makes of the picture
}
