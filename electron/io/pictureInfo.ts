import type { FillRecord } from '../../core/fill/record.ts';
import type { PictureInfo } from './codec/describe.ts';
import { readHeader } from './codec/decode.ts';
import { MAX_FILE_BYTES } from './codec/limits.ts';
import { quoted, readBytes } from './files/readBytes.ts';
import { recordFromXmp } from './metadata/xmp.ts';

/** What a picture file says of itself. */
export interface PictureFileInfo {
  readonly info: PictureInfo;
  readonly bytes: number; // of the file
  readonly record: FillRecord | undefined; // what was done to a picture that Tessera wrote
}

/**
 * Reads the header and the metadata of a picture file; no pixel is decoded.
 *
 * @throws TesseraError as readPicture does
 */
export async function readPictureInfo(path: string): Promise<PictureFileInfo> {
  const file = await readBytes(path, MAX_FILE_BYTES);
  const { info, metadata } = await readHeader(file, quoted(path));
  const record = metadata.xmp && recordFromXmp(new TextDecoder().decode(metadata.xmp));
  return { info, bytes: file.length, record };
}
