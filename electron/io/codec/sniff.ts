import { TesseraError } from '../../../core/base/errors.ts';
import { ascii, viewOf } from '../metadata/blocks.ts';
import { PICTURE_FORMATS } from '../pictureNames.ts';
import { isRawPhotograph } from './tiff.ts';

/** The picture formats we open. */
export type PictureFormat =
  'jpeg' | 'png' | 'webp' | 'avif' | 'heic' | 'tiff' | 'gif' | 'bmp' | 'jxl' | 'jp2' | 'psd';

/**
 * The format by content; the file's name plays no part.
 * @throws TesseraError 'input' for anything else, naming what the file seems to be
 */
export function sniffFormat(bytes: Uint8Array, name: string): PictureFormat {
  const format = formatOf(bytes);
  if (format && !(format === 'tiff' && isRawPhotograph(bytes))) return format;
  const kind = format ? 'raw' : kindOf(bytes);
  throw new TesseraError('input', sentenceFor(kind, name), HINTS[kind]);
}

function formatOf(bytes: Uint8Array): PictureFormat | null {
  const format = SIGNATURES.find(({ at = 0, magic }) => startsAt(bytes, at, magic))?.format;
  if (format === 'webp') return startsAt(bytes, 0, 'RIFF') ? 'webp' : null;
  if (format) return format;
  if (startsAt(bytes, 0, 'BM') && bytes.length > 18) {
    return BMP_HEADERS.includes(viewOf(bytes).getUint32(14, true)) ? 'bmp' : null;
  }
  if (!startsAt(bytes, 4, 'ftyp')) return null;
  const found = brands(bytes);
  if (found.some((brand) => AVIF.includes(brand))) return 'avif';
  return found.some((brand) => HEIF.includes(brand)) ? 'heic' : null;
}

/** How files of a format begin. */
interface Signature {
  readonly format: PictureFormat;
  readonly magic: string; // a character a byte
  readonly at?: number; // byte; 0 unless given
}

const SIGNATURES: readonly Signature[] = [
  { format: 'jpeg', magic: '\u00ff\u00d8\u00ff' },
  { format: 'png', magic: '\u0089PNG\r\n\u001a\n' },
  { format: 'webp', magic: 'WEBP', at: 8 },
  { format: 'tiff', magic: 'II*\0' },
  { format: 'tiff', magic: 'MM\0*' },
  { format: 'tiff', magic: 'II+\0' },
  { format: 'tiff', magic: 'MM\0+' },
  { format: 'gif', magic: 'GIF87a' },
  { format: 'gif', magic: 'GIF89a' },
  { format: 'psd', magic: '8BPS' },
  { format: 'jxl', magic: '\u00ff\n' },
  { format: 'jxl', magic: '\0\0\0\fJXL \r\n\u0087\n' },
  { format: 'jp2', magic: '\0\0\0\fjP  \r\n\u0087\n' },
  { format: 'jp2', magic: '\u00ff\u004f\u00ff\u0051' },
];

/** Lengths of the headers that a BMP may have. */
const BMP_HEADERS: readonly number[] = [12, 16, 40, 52, 56, 64, 108, 124];

const AVIF: readonly string[] = ['avif', 'avis'];
const HEIF: readonly string[] = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];

function startsAt(bytes: Uint8Array, at: number, magic: string): boolean {
  return ascii(magic).every((byte, i) => bytes[at + i] === byte);
}

/** Major and compatible brands of an ISO base media file. */
function brands(bytes: Uint8Array): string[] {
  const end = Math.min(viewOf(bytes).getUint32(0), bytes.length, 256);
  const found: string[] = [];
  for (let at = 8; at + 4 <= end; at += 4) {
    if (at !== 12) found.push(String.fromCharCode(...bytes.subarray(at, at + 4))); // 12: minor version
  }
  return found;
}

/** Kinds of files that are no pictures to us. */
type OtherKind =
  | 'raw'
  | 'svg'
  | 'pdf'
  | 'postscript'
  | 'xcf'
  | 'hdr'
  | 'texture'
  | 'icon'
  | 'zip'
  | 'video'
  | 'text'
  | 'unknown';

function sentenceFor(kind: OtherKind, name: string): string {
  switch (kind) {
    case 'raw':
      return `${name} is a raw photograph of a camera, which cannot be opened.`;
    case 'svg':
      return `${name} is SVG or XML, which cannot be opened.`;
    case 'pdf':
      return `${name} is a PDF, which cannot be opened.`;
    case 'postscript':
      return `${name} is PostScript, which cannot be opened.`;
    case 'xcf':
      return `${name} is a document of GIMP, which cannot be opened.`;
    case 'hdr':
      return `${name} is an OpenEXR or Radiance picture, which cannot be opened.`;
    case 'texture':
      return `${name} is a DDS texture, which cannot be opened.`;
    case 'icon':
      return `${name} is an icon, which cannot be opened.`;
    case 'zip':
      return `${name} is a zip archive, and no picture.`;
    case 'video':
      return `${name} is a video, and no picture.`;
    case 'text':
      return `${name} holds text, and no picture.`;
    case 'unknown':
      return `${name} is not a picture that can be opened: its content is of no known format.`;
  }
}

const EXPORT = 'Export it as JPEG, PNG or TIFF from the program that it was made with.';
const CONVERT = 'Save it as PNG or TIFF in another program.';
const GIVE = `Give a ${PICTURE_FORMATS} file.`;

const HINTS: Readonly<Record<OtherKind, string>> = {
  raw: 'Develop it in a raw converter, and open the JPEG or TIFF that it writes.',
  svg: EXPORT,
  pdf: EXPORT,
  postscript: EXPORT,
  xcf: EXPORT,
  hdr: CONVERT,
  texture: CONVERT,
  icon: CONVERT,
  zip: 'Unpack it, and open the pictures in it.',
  video: 'Save a single picture of it in a video player.',
  text: GIVE,
  unknown: GIVE,
};

const OTHERS: readonly (readonly [magic: string, kind: OtherKind])[] = [
  ['%PDF', 'pdf'],
  ['%!PS', 'postscript'],
  ['gimp xcf', 'xcf'],
  ['v/1\u0001', 'hdr'],
  ['#?RADIANCE', 'hdr'],
  ['DDS ', 'texture'],
  ['\0\0\u0001\0', 'icon'],
  ['PK\u0003\u0004', 'zip'],
  // Cameras that do not write their raw photographs as TIFF: Fujifilm, Panasonic, Olympus, Sigma, Minolta.
  ['FUJIFILMCCD-RAW', 'raw'],
  ['IIU\0', 'raw'],
  ['IIRO', 'raw'],
  ['IIRS', 'raw'],
  ['MMOR', 'raw'],
  ['FOVb', 'raw'],
  ['\0MRM', 'raw'],
];

/** What a file seems to be that is none of our formats. */
function kindOf(bytes: Uint8Array): OtherKind {
  const other = OTHERS.find(([magic]) => startsAt(bytes, 0, magic));
  if (other) return other[1];
  if (startsAt(bytes, 4, 'ftyp')) return brands(bytes).includes('crx ') ? 'raw' : 'video'; // Canon
  const head = bytes.subarray(0, 512);
  if (/^\s*<(\?xml|!--|!DOCTYPE|svg)/.test(new TextDecoder().decode(head))) return 'svg';
  return head.every((b) => b >= 0x20 || b === 9 || b === 10 || b === 13) ? 'text' : 'unknown';
}
