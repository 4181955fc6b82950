import type { Abort } from '../base/abort.ts';
import { TesseraError } from '../base/errors.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import { crop } from '../pixels/crop.ts';
import type { Picture } from '../pixels/picture.ts';
import { resizePlanes } from '../pixels/resample.ts';
import { tiled } from '../model/tiling.ts';
import { toPicture } from '../pixels/planes.ts';
import { missingCells, type TokenGrid } from '../tokens/grid.ts';

/** Options of {@link decodeTokens}. */
export interface DecodeOptions {
  /** Picture px per model px; 1 if left out. */
  readonly scale?: number;
  /** The size of the picture that was encoded: what the frame overhangs is cut off. */
  readonly size?: { readonly width: number; readonly height: number }; // picture px
  readonly signal?: Abort;
}

/**
 * The picture that a grid of tokens stands for.
 *
 * Throws 'input' where tokens are missing, and 'aborted'.
 */
export async function decodeTokens(
  tokenizer: Tokenizer,
  grid: TokenGrid,
  { scale = 1, size, signal }: DecodeOptions = {},
): Promise<Picture> {
  const missing = missingCells(grid).length;
  if (missing > 0) {
    throw new TesseraError(
      'input',
      `${missing} of ${grid.ids.length} tokens are missing, so there is no picture to decode.`,
      'Fill or set them first.',
    );
  }
  const planes = await tiled(tokenizer).decode(grid, signal);
  const unit = Math.round(scale * tokenizer.downsample); // picture px per token
  const picture = toPicture(resizePlanes(planes, grid.width * unit, grid.height * unit));
  return size ? crop(picture, { x: 0, y: 0, ...size }) : picture;
}
