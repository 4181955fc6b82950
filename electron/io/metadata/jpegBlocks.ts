import { ascii, concat, viewOf } from './blocks.ts';
import type { Blocks } from './blocks.ts';

const APP0 = 0xe0;
const APP1 = 0xe1;
const MAX_PAYLOAD = 65_533; // the 16 bit length counts itself

/** Inserts EXIF and XMP as APP1 segments, after the JFIF header. A block too long for a segment is left out. */
export function embedInJpeg(jpeg: Uint8Array, { exif, xmp }: Blocks): Uint8Array {
  const segments = [
    ...(exif ? segment('Exif\0\0', exif) : []),
    ...(xmp ? segment('http://ns.adobe.com/xap/1.0/\0', xmp) : []),
  ];
  const at = jpeg[3] === APP0 ? 4 + viewOf(jpeg).getUint16(4) : 2;
  return concat([jpeg.subarray(0, at), ...segments, jpeg.subarray(at)]);
}

function segment(name: string, content: Uint8Array): [Uint8Array] | [] {
  const payload = concat([ascii(name), content]);
  if (payload.length > MAX_PAYLOAD) return [];
  const length = payload.length + 2;
  return [concat([Uint8Array.of(0xff, APP1, length >> 8, length & 0xff), payload])];
}
