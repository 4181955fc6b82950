import type { Abort } from '../base/abort.ts';
import type { Frame } from '../frames/frame.ts';
import { TesseraError } from '../base/errors.ts';
import type { Encoding, Tokenizer } from '../model/tokenizer.ts';
import type { Picture } from '../pixels/picture.ts';
import { toPicture, toPlanes } from '../pixels/planes.ts';
import { tiled } from '../model/tiling.ts';
import { crop } from '../pixels/crop.ts';
import { resizePlanes } from '../pixels/resample.ts';
import { missingCells, type TokenGrid } from '../tokens/grid.ts';

/** A picture as tokens, and the frame that they cover. */
export interface EncodedPicture extends Encoding {
  readonly frame: Frame;
}

/**
 * Encodes a whole picture at a working scale (picture px per model px; rounded so that a token is a whole number of
 * px). The frame begins at the picture's corner and overhangs it to whole tokens; those pixels are mirrored in.
 *
 * Throws 'limit' for a picture too small for the package, and 'aborted'.
 */
export async function encodePicture(
  tokenizer: Tokenizer,
  picture: Picture,
  options: { readonly scale?: number; readonly signal?: Abort } = {},
): Promise<EncodedPicture> {
  const { downsample, minSize } = tokenizer;
  const unit = Math.max(1, Math.round((options.scale ?? 1) * downsample)); // picture px per token
  const columns = Math.ceil(picture.width / unit);
  const rows = Math.ceil(picture.height / unit);
  if (Math.min(columns, rows) * downsample < minSize) {
    throw new TesseraError(
      'limit',
      `At this scale the picture has ${columns} x ${rows} tokens; the package needs ${minSize / downsample} on each side.`,
      'Use a larger picture or a smaller scale.',
    );
  }
  const frame = {
    rect: { x: 0, y: 0, width: columns * unit, height: rows * unit },
    scale: unit / downsample,
    columns,
    rows,
  };
  const planes = toPlanes(picture, frame.rect, { width: columns * downsample, height: rows * downsample });
  return { ...(await tiled(tokenizer).encode(planes, options.signal)), frame };
}

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
