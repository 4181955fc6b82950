import { crc32 } from 'node:zlib';
import { pngChunks } from './pngChunks.ts';
import { physOf } from './density.ts';
import { ascii, concat, utf8, viewOf } from './blocks.ts';
import type { Blocks } from './blocks.ts';

const AFTER_HEADER = 33; // signature (8) and IHDR (4 + 4 + 13 + 4)
const PERCEPTUAL = 0;

/** Marks a PNG as sRGB and inserts EXIF, XMP and text chunks after its header (PNG, third edition, 11.3). */
export function embedInPng(
  png: Uint8Array,
  { exif, xmp, description, software, density }: Blocks,
): Uint8Array {
  const chunks = [pngChunk('sRGB', Uint8Array.of(PERCEPTUAL))];
  if (density) chunks.push(pngChunk('pHYs', physOf(density)));
  if (software !== undefined) chunks.push(text('Software', utf8(software)));
  if (description !== undefined) chunks.push(text('Description', utf8(description)));
  if (xmp) chunks.push(text('XML:com.adobe.xmp', xmp));
  if (exif) chunks.push(pngChunk('eXIf', exif));
  return concat([png.subarray(0, AFTER_HEADER), ...chunks, withoutDensity(png).subarray(AFTER_HEADER)]);
}

/** The encoder makes a density up. */
function withoutDensity(png: Uint8Array): Uint8Array {
  const made = pngChunks(png).get('pHYs');
  if (!made) return png;
  const from = made.byteOffset - png.byteOffset - 8;
  return concat([png.subarray(0, from), png.subarray(from + made.byteLength + 12)]);
}

/** An iTXt chunk: keyword, not compressed, no language, no translated keyword, UTF-8. */
function text(keyword: string, content: Uint8Array): Uint8Array {
  return pngChunk('iTXt', concat([ascii(`${keyword}\0\0\0\0\0`), content]));
}

/** A chunk with its length and checksum. */
export function pngChunk(type: string, content: Uint8Array): Uint8Array {
  const out = new Uint8Array(content.length + 12);
  const view = viewOf(out);
  view.setUint32(0, content.length);
  out.set(ascii(type), 4);
  out.set(content, 8);
  view.setUint32(out.length - 4, crc32(out.subarray(4, out.length - 4)));
  return out;
}
