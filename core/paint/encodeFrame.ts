import type { Abort } from '../base/abort.ts';
import type { EncodedFrame, FrameSeen } from './requests.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import type { Planes } from '../pixels/picture.ts';
import { prefill } from '../fill/prefill.ts';
import { tiled } from '../model/tiling.ts';

/**
 * The tokens of a frame, as a fill encodes what lies around its hole, and what the tokenizer loses in each of them.
 *
 * Throws 'limit' for frames that the package cannot take, and 'aborted'.
 */
export async function encodeFrame(
  tokenizer: Tokenizer,
  seen: FrameSeen,
  signal?: Abort,
): Promise<EncodedFrame> {
  const { planes, grid, distances } = await encodeSeen(tokenizer, seen, signal);
  const decoded = await tiled(tokenizer).decode(grid, signal);
  return { grid, distances, errors: errorsOf(planes, decoded, tokenizer.downsample) };
}

/** The same without what the tokenizer loses, and what the encoder saw. */
export async function encodeSeen(
  tokenizer: Tokenizer,
  { frame, region, picture }: FrameSeen,
  signal?: Abort,
): Promise<Pick<EncodedFrame, 'grid' | 'distances'> & { readonly planes: Planes }> {
  const { downsample } = tokenizer;
  const size = { width: frame.columns * downsample, height: frame.rows * downsample }; // model px
  const nothing = { ...region, data: new Uint8Array(region.width * region.height) };
  const planes = prefill({ ...region, data: picture }, frame.rect, nothing, size);
  const { grid, distances } = await tiled(tokenizer).encode(planes, signal);
  return { planes, grid, distances };
}

/** The root mean square difference over the px and channels of each cell, levels of 0 .. 255. */
export function errorsOf(planes: Planes, decoded: Planes, downsample: number): Float32Array {
  const { width, height } = planes;
  const columns = width / downsample;
  const sums = new Float64Array(columns * (height / downsample));
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < height; y++) {
      const row = Math.floor(y / downsample) * columns;
      const from = (c * height + y) * width;
      for (let x = 0; x < width; x++) {
        const shown = Math.min(1, Math.max(0, decoded.data[from + x]!)); // decoders overshoot, pictures do not
        const difference = planes.data[from + x]! - shown;
        sums[row + Math.floor(x / downsample)]! += difference * difference;
      }
    }
  }
  return Float32Array.from(sums, (sum) => 255 * Math.sqrt(sum / (3 * downsample * downsample)));
}
