import type { TokensToCompose } from '../fill/composeTokens.ts';
import type {
  EncodedFrame,
  FrameSeen,
  Suggestions,
  TokensToPaint,
  TokensToSuggest,
} from '../paint/requests.ts';
import type { Swatches } from '../paint/swatches.ts';
import type { Likelihoods } from '../sampling/likelihoods.ts';
import type { Prompt } from '../sampling/request.ts';
import type { PixelPatch } from '../pixels/picture.ts';
import type { TokenFile } from '../tokens/tokenFile.ts';
import type { TokenGrid } from '../tokens/grid.ts';
import type { GrantId, Method } from './engineApi.ts';

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
    { readonly package: string; readonly grid: TokenGrid; readonly prompt?: Prompt },
    { readonly done: number }, // 0 .. 1
    Likelihoods
  >;
  /** Reads a token file, JSON or NPY. An array does not tell its package: id and sha256 are '' then. */
  'tokens.read': Method<{ readonly file: GrantId }, never, TokenFile>;
  /** Writes one; the name of the file decides which kind. */
  'tokens.write': Method<{ readonly file: GrantId; readonly tokens: TokenFile }, never, null>;
  /** What every code of a package looks like. */
  'package.swatches': Method<{ readonly ref: string }, { readonly done: number }, Swatches>;
  /** What the picture becomes with given tokens in the hole of a frame, laid in as a fill lays in its candidates. */
  'fill.compose': Method<TokensToCompose, never, PixelPatch>;
}
