import { TesseraError } from '../../../core/base/errors.ts';
import { ascii, concat, viewOf } from './blocks.ts';
import type { Blocks } from './blocks.ts';

const FLAGS_AT = 20; // of the VP8X chunk, which comes first in an extended file
const XMP_FLAG = 0x04;
const EXIF_FLAG = 0x08;

/** Appends EXIF and XMP chunks to an extended WebP (one with a VP8X chunk), as the container specification orders them. */
export function embedInWebp(webp: Uint8Array, { exif, xmp }: Blocks): Uint8Array {
  if (String.fromCharCode(...webp.subarray(12, 16)) !== 'VP8X') {
    throw new TesseraError('internal', 'The WebP encoder left out the extended header.');
  }
  const out = concat([webp, ...(exif ? [chunk('EXIF', exif)] : []), ...(xmp ? [chunk('XMP ', xmp)] : [])]);
  out[FLAGS_AT]! |= (exif ? EXIF_FLAG : 0) | (xmp ? XMP_FLAG : 0);
  viewOf(out).setUint32(4, out.length - 8, true);
  return out;
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const out = new Uint8Array(8 + content.length + (content.length & 1)); // chunks are padded to an even length
  out.set(ascii(type));
  viewOf(out).setUint32(4, content.length, true);
  out.set(content, 8);
  return out;
}
