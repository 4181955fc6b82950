import { TesseraError } from '../../../core/base/errors.ts';

/** The picture formats we open. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'tiff';

const FORMATS = 'JPEG, PNG, WebP, AVIF or TIFF';

/**
 * The format by content; the file's name plays no part.
 * @throws TesseraError 'input' for anything else, naming what the file seems to be
 */
export function sniffFormat(bytes: Uint8Array, name: string): PictureFormat {
  const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (starts(bytes, 0xff, 0xd8, 0xff)) return 'jpeg';
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'webp';
  if (starts(bytes, 0x49, 0x49, 0x2a, 0) || starts(bytes, 0x4d, 0x4d, 0, 0x2a)) return 'tiff';
  if (starts(bytes, 0x49, 0x49, 0x2b, 0) || starts(bytes, 0x4d, 0x4d, 0, 0x2b)) return 'tiff';
  if (ascii(4, 8) === 'ftyp' && brands(bytes).some((b) => b === 'avif' || b === 'avis')) return 'avif';
  throw new TesseraError(
    'input',
    `${name} is not a picture that can be opened: ${guess(bytes)}.`,
    `Give a ${FORMATS} file.`,
  );
}

function starts(bytes: Uint8Array, ...magic: number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

/** Major and compatible brands of an ISO base media file. */
function brands(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = Math.min(view.getUint32(0), bytes.length, 256);
  const found: string[] = [];
  for (let at = 8; at + 4 <= end; at += 4) {
    if (at !== 12) found.push(String.fromCharCode(...bytes.subarray(at, at + 4))); // 12: minor version
  }
  return found;
}

function guess(bytes: Uint8Array): string {
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  if (head.startsWith('GIF8')) return 'it is a GIF';
  if (head.startsWith('BM')) return 'it is a BMP';
  if (head.startsWith('%PDF')) return 'it is a PDF';
  if (head.startsWith('PK\u0003\u0004')) return 'it is a zip archive';
  if (head.slice(4, 8) === 'ftyp') return 'it is a HEIC picture or a video';
  if (/^\s*<(\?xml|svg)/.test(head)) return 'it is SVG or XML';
  if (bytes.subarray(0, 512).every((b) => b >= 0x20 || b === 9 || b === 10 || b === 13))
    return 'it holds text';
  return 'its content is of no known format';
}
