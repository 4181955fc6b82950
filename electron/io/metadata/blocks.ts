import { crc32 } from 'node:zlib';
import { TesseraError } from '../../../core/base/errors.ts';

/** What is put into an encoded file beside its pixels. */
export interface Blocks {
  readonly exif?: Uint8Array; // a TIFF structure
  readonly xmp?: Uint8Array; // UTF-8 XML
  readonly description?: string; // one sentence, for formats with plain text blocks
  readonly software?: string;
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

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

const AFTER_HEADER = 33; // signature (8) and IHDR (4 + 4 + 13 + 4)
const PERCEPTUAL = 0;

/** Marks a PNG as sRGB and inserts EXIF, XMP and text chunks after its header (PNG, third edition, 11.3). */
export function embedInPng(png: Uint8Array, { exif, xmp, description, software }: Blocks): Uint8Array {
  const chunks = [pngChunk('sRGB', Uint8Array.of(PERCEPTUAL))];
  if (software !== undefined) chunks.push(textChunk('Software', utf8(software)));
  if (description !== undefined) chunks.push(textChunk('Description', utf8(description)));
  if (xmp) chunks.push(textChunk('XML:com.adobe.xmp', xmp));
  if (exif) chunks.push(pngChunk('eXIf', exif));
  return concat([png.subarray(0, AFTER_HEADER), ...chunks, png.subarray(AFTER_HEADER)]);
}

/** An iTXt chunk: keyword, not compressed, no language, no translated keyword, UTF-8. */
function textChunk(keyword: string, content: Uint8Array): Uint8Array {
  return pngChunk('iTXt', concat([ascii(`${keyword}\0\0\0\0\0`), content]));
}

function pngChunk(type: string, content: Uint8Array): Uint8Array {
  const out = new Uint8Array(content.length + 12);
  const view = viewOf(out);
  view.setUint32(0, content.length);
  out.set(ascii(type), 4);
  out.set(content, 8);
  view.setUint32(out.length - 4, crc32(out.subarray(4, out.length - 4)));
  return out;
}

const FLAGS_AT = 20; // of the VP8X chunk, which comes first in an extended file
const XMP_FLAG = 0x04;
const EXIF_FLAG = 0x08;

/** Appends EXIF and XMP chunks to an extended WebP (one with a VP8X chunk), as the container specification orders them. */
export function embedInWebp(webp: Uint8Array, { exif, xmp }: Blocks): Uint8Array {
  if (String.fromCharCode(...webp.subarray(12, 16)) !== 'VP8X') {
    throw new TesseraError('internal', 'The WebP encoder left out the extended header.');
  }
  const out = concat([
    webp,
    ...(exif ? [riffChunk('EXIF', exif)] : []),
    ...(xmp ? [riffChunk('XMP ', xmp)] : []),
  ]);
  out[FLAGS_AT]! |= (exif ? EXIF_FLAG : 0) | (xmp ? XMP_FLAG : 0);
  viewOf(out).setUint32(4, out.length - 8, true);
  return out;
}

function riffChunk(type: string, content: Uint8Array): Uint8Array {
  const out = new Uint8Array(8 + content.length + (content.length & 1)); // chunks are padded to an even length
  out.set(ascii(type));
  viewOf(out).setUint32(4, content.length, true);
  out.set(content, 8);
  return out;
}
