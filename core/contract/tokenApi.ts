import type { Frame } from '../frames/frame.ts';
import type { PixelPatch } from '../pixels/patch.ts';
import type { Rect } from '../base/geometry.ts';
import type { TokenFile } from '../tokens/tokenFile.ts';
import type { TokenGrid } from '../tokens/grid.ts';
import type { FrameToFill, GrantId, Method } from './engineApi.ts';

/**
 * What the window asks of the engine about tokens. As with fills, every call carries all that it needs: the engine keeps
 * nothing of a document. Rectangles are document px, cells flat indices into the frame's grid.
 */
export interface TokenApi {
  /** The tokens of a frame, and what the tokenizer loses in each. */
  'tokens.encode': Method<FrameSeen & { readonly package: string }, never, EncodedFrame>;
  /** What the picture becomes with some tokens changed: the footprint of those cells, and not a pixel beside it. */
  'tokens.paint': Method<TokensToPaint, never, PixelPatch>;
  /** The codes that the model finds likeliest for some cells, given all other tokens. */
  'tokens.suggest': Method<TokensToSuggest, never, Suggestions>;
  /** What the model thinks of every token of a grid, given all others. */
  'tokens.measure': Method<
    { readonly package: string; readonly grid: TokenGrid },
    { readonly done: number }, // 0 .. 1
    Likelihoods
  >;
  /** Reads a token file, JSON or NPY. An array does not tell its package: id and sha256 are '' then. */
  'tokens.read': Method<{ readonly file: GrantId }, never, TokenFile>;
  /** Writes one; the name of the file decides which kind. */
  'tokens.write': Method<{ readonly file: GrantId; readonly tokens: TokenFile }, never, null>;
  /** What every code of a package looks like. */
  'package.swatches': Method<{ readonly id: string }, { readonly done: number }, Swatches>;
  /** What the picture becomes with given tokens in the hole of a frame, laid in as a fill lays in its candidates. */
  'fill.compose': Method<TokensToCompose, never, PixelPatch>;
}

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

export interface Likelihoods {
  readonly probabilities: Float32Array; // [height * width] of the token that is there, given all others
  readonly entropies: Float32Array; // [height * width] bits
}

export interface Swatches {
  readonly side: number; // px of a swatch
  readonly field: number; // tokens along its side: the middle of a field of one code
  readonly pixels: Uint8Array; // [codes, side, side, 4]
}

export interface TokensToCompose {
  readonly package: string; // id
  readonly frame: FrameToFill;
  readonly hole: readonly number[];
  readonly known: Int32Array; // [rows * columns] from the fill's outcome; stands in where `ids` are missing
  readonly ids: Int32Array; // [rows * columns], MASK where still missing
  readonly feather: number; // px
  readonly detail: number; // 0 .. 1
}
