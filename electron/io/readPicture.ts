import { decodePicture } from './codec/decode.ts';
import type { DecodedPicture } from './codec/decode.ts';
import { MAX_FILE_BYTES } from './codec/limits.ts';
import { quoted, readBytes } from './files/readBytes.ts';

/**
 * Reads a JPEG, PNG, WebP, AVIF or TIFF picture as 8 bit sRGB RGBA, upright. The format is found by content; of
 * several frames the first is read.
 * @param source a path, or the content of a file
 * @param name how messages call the content; a path speaks for itself
 * @throws TesseraError 'input' when the file is missing, broken or no picture; 'limit' when it is too large
 */
export async function readPicture(
  source: string | Uint8Array,
  name = 'The picture',
): Promise<DecodedPicture> {
  if (typeof source !== 'string') return decodePicture(source, name);
  return decodePicture(await readBytes(source, MAX_FILE_BYTES), quoted(source));
}
