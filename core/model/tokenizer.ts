import type { Abort } from '../base/abort.ts';
import type { Planes } from '../pixels/picture.ts';
import type { TokenGrid } from '../tokens/grid.ts';

/** What the encoder says of a frame. */
export interface Encoding {
  readonly grid: TokenGrid;
  /** Distance from the encoder's output to the chosen code, per cell; null where the package does not give it. */
  readonly distances: Float32Array | null; // [height * width]
}

/** The VQGAN as the rest of Tessera sees it. Frames are whole multiples of `downsample` px and at least `minSize`. */
export interface Tokenizer {
  readonly downsample: number; // model px per token
  readonly codes: number; // K
  readonly minSize: number; // model px, the smallest side it takes
  readonly tileOverlap: number; // tokens: how far a token reaches in the decoded picture
  encode(frame: Planes, signal?: Abort): Promise<Encoding>;
  decode(grid: TokenGrid, signal?: Abort): Promise<Planes>;
}
