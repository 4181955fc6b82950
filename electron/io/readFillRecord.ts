import { readHeader } from './codec/decode.ts';
import { MAX_FILE_BYTES } from './codec/limits.ts';
import { quoted, readBytes } from './files/readBytes.ts';
import type { FillRecord } from '../../core/fill/record.ts';
import { recordFromXmp } from './metadata/xmp.ts';

/**
 * What was done to a picture that Tessera wrote; undefined for any other picture. No pixel is decoded.
 * @throws TesseraError as readPicture does
 */
export async function readFillRecord(path: string): Promise<FillRecord | undefined> {
  const { metadata } = await readHeader(await readBytes(path, MAX_FILE_BYTES), quoted(path));
  return metadata.xmp && recordFromXmp(new TextDecoder().decode(metadata.xmp));
}
