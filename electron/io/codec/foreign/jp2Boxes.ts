import { viewOf } from '../../metadata/blocks.ts';

/** A box of a JPEG 2000 file (ISO/IEC 15444-1, annex I). */
export interface Box {
  readonly type: string;
  readonly content: Uint8Array;
}

const MOST = 1000; // boxes

/** The boxes of a file, or of one that holds others; one that goes beyond the end reaches to it. */
export function boxesOf(bytes: Uint8Array): Box[] {
  const view = viewOf(bytes);
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length && boxes.length < MOST;) {
    const short = view.getUint32(at);
    const isLong = short === 1 && at + 16 <= bytes.length;
    const length = isLong ? Number(view.getBigUint64(at + 8)) : short === 0 ? bytes.length - at : short;
    const head = isLong ? 16 : 8;
    if (length < head) break;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    boxes.push({ type, content: bytes.subarray(at + head, at + length) });
    at += length;
  }
  return boxes;
}

/** What the boxes of a picture tell. */
export interface BoxInfo {
  readonly codestream: Uint8Array;
  readonly colourSpace: number | null; // of those that have a number
  readonly icc?: Uint8Array;
  readonly exif?: Uint8Array;
  readonly xmp?: Uint8Array;
  readonly palette: { readonly columns: number; readonly bits: number } | null;
  readonly hasAlpha: boolean;
}

const EXIF = 'JpgTiffExif->JP2'; // an identifier that can be read
const XMP = 'be7acfcb97a942e89c71999491e3afac';

export function boxInfo(file: Uint8Array): BoxInfo {
  const boxes = boxesOf(file);
  const header = boxesOf(contentOf(boxes, 'jp2h') ?? new Uint8Array());
  const uuids = boxes.filter(({ type, content }) => type === 'uuid' && content.length > 16);
  const exif = uuids.find(({ content }) => latin1(content.subarray(0, 16)) === EXIF)?.content.slice(16);
  const xmp = uuids.find(({ content }) => hex(content.subarray(0, 16)) === XMP)?.content.slice(16);
  const icc = header
    .find(({ type, content }) => type === 'colr' && content[0] !== ENUMERATED)
    ?.content.slice(3);
  const numbered = header.find(({ type, content }) => type === 'colr' && content[0] === ENUMERATED)?.content;
  const palette = contentOf(header, 'pclr');
  return {
    codestream: contentOf(boxes, 'jp2c') ?? new Uint8Array(),
    colourSpace: numbered && numbered.length >= 7 ? viewOf(numbered).getUint32(3) : null,
    ...(icc && icc.length > 0 && { icc }),
    ...(exif && { exif }),
    ...(xmp && { xmp }),
    palette: palette && palette.length > 3 ? { columns: palette[2]!, bits: (palette[3]! & 0x7f) + 1 } : null,
    hasAlpha: hasOpacity(contentOf(header, 'cdef')),
  };
}

const ENUMERATED = 1; // of the methods of a 'colr' box

function contentOf(boxes: readonly Box[], wanted: string): Uint8Array | undefined {
  return boxes.find(({ type }) => type === wanted)?.content;
}

/** Whether a 'cdef' box names a channel that is no colour: six bytes a channel, its kind in the middle. */
function hasOpacity(definition: Uint8Array | undefined): boolean {
  if (!definition) return false;
  const view = viewOf(definition);
  for (let at = 2; at + 6 <= definition.length; at += 6) if (view.getUint16(at + 2) !== 0) return true;
  return false;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
