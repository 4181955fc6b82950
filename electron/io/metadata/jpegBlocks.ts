import { ascii, concat, viewOf } from './blocks.ts';
import type { Blocks } from './blocks.ts';
import { jfifOf } from './density.ts';

const APP0 = 0xe0;
const APP1 = 0xe1;
const MAX_PAYLOAD = 65_533; // the 16 bit length counts itself
const EXIF = 'Exif\0\0';
const XMP = 'http://ns.adobe.com/xap/1.0/\0';

/** Most bytes of a block that fits into a JPEG. */
export const MOST_IN_JPEG = { exif: MAX_PAYLOAD - EXIF.length, xmp: MAX_PAYLOAD - XMP.length };

/** Inserts a JFIF header with the density, and EXIF and XMP as APP1 segments after it. Both fit. */
export function embedInJpeg(jpeg: Uint8Array, { exif, xmp, density = null }: Blocks): Uint8Array {
  const segments = [...(exif ? [segment(EXIF, exif)] : []), ...(xmp ? [segment(XMP, xmp)] : [])];
  const body = jpeg[3] === APP0 ? 4 + viewOf(jpeg).getUint16(4) : 2; // after a header that says nothing of ours
  return concat([jpeg.subarray(0, 2), jfifOf(density), ...segments, jpeg.subarray(body)]);
}

function segment(name: string, content: Uint8Array): Uint8Array {
  const payload = concat([ascii(name), content]);
  const length = payload.length + 2;
  return concat([Uint8Array.of(0xff, APP1, length >> 8, length & 0xff), payload]);
}
