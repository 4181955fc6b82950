import { decodePicture, decodeStrips } from './codec/decode.ts';
import type { DecodedPicture, DecodeOptions, Strip } from './codec/decode.ts';
import { MAX_FILE_BYTES } from './codec/limits.ts';
import { quoted, readBytes } from './files/readBytes.ts';

/**
 * Reads a picture of any format of {@link PICTURE_FORMATS} as 8 bit sRGB RGBA, upright. The format is found by content; of
 * several pictures the main one is read, unless the options name another.
 * @param source a path, or the content of a file
 * @param name how messages call the content; a path speaks for itself
 * @throws TesseraError 'input' when the file is missing, broken or no picture; 'limit' when it is too large
 */
export async function readPicture(
  source: string | Uint8Array,
  name = 'The picture',
  options: DecodeOptions = {},
): Promise<DecodedPicture> {
  const { bytes, called } = await contentOf(source, name);
  return decodePicture(bytes, called, options);
}

/**
 * {@link readPicture} a strip of `rows` px at a time, a multiple of 16, from top to bottom, so that no caller needs to hold
 * all of it.
 */
export async function readPictureStrips(
  source: string | Uint8Array,
  name: string,
  rows: number,
  take: (strip: Strip) => void,
  options: DecodeOptions = {},
): Promise<Omit<DecodedPicture, 'picture'>> {
  const { bytes, called } = await contentOf(source, name);
  return decodeStrips(bytes, called, rows, take, options);
}

async function contentOf(
  source: string | Uint8Array,
  name: string,
): Promise<{ bytes: Uint8Array; called: string }> {
  if (typeof source !== 'string') return { bytes: source, called: name };
  return { bytes: await readBytes(source, MAX_FILE_BYTES), called: quoted(source) };
}
