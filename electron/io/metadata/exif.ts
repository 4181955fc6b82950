import { outlineJpeg } from './jpegOutline.ts';
import { concat } from './blocks.ts';
import {
  directoryBytes,
  entriesOf,
  find,
  firstDirectory,
  linkOf,
  LONG,
  type NewTag,
  numberOf,
  openBlock,
  removeTags,
  setNumber,
  type TiffBlock,
  valuesOf,
} from './tiffBlock.ts';

/** Tags of Exif 2.32 that stop being true when a picture has been turned upright, converted and edited. */
const WIDTH = 0x0100;
const HEIGHT = 0x0101;
const ORIENTATION = 0x0112;
const COLOUR_SPACE = 0xa001;
const PIXEL_WIDTH = 0xa002;
const PIXEL_HEIGHT = 0xa003;

/** Directories of their own. */
const EXIF_IFD = 0x8769;
const GPS_IFD = 0x8825;
const SUB_IFDS = 0x014a;

/** Where a preview lies: as a JPEG, or in strips. */
const PREVIEWS = [
  { at: 0x0201, length: 0x0202 },
  { at: 0x0111, length: 0x0117 },
] as const;

/** How an EXIF block is made true for a picture. */
export interface ExifUpdate {
  readonly width: number; // px, of the picture that is written
  readonly height: number; // px
  readonly location: boolean; // whether where it was taken stays
}

/**
 * The source's EXIF block made true for the picture that is written: upright, sRGB, its size, and no previews, which
 * would still show what was removed. Everything else stays where it is, since maker notes point by offset.
 * @param exif a TIFF structure; not changed
 * @returns undefined when the block is malformed
 */
export function updateExif(
  exif: Uint8Array,
  { width, height, location }: ExifUpdate,
): Uint8Array | undefined {
  const copy = new Uint8Array(exif); // slice() of a Buffer would share its memory
  return unlessMalformed(() => {
    const block = openBlock(copy);
    const first = firstDirectory(block);
    setNumber(block, first, ORIENTATION, 1);
    setNumber(block, first, WIDTH, width);
    setNumber(block, first, HEIGHT, height);
    const detail = numberOf(block, first, EXIF_IFD);
    if (detail !== undefined) {
      setNumber(block, detail, COLOUR_SPACE, 1); // sRGB
      setNumber(block, detail, PIXEL_WIDTH, width);
      setNumber(block, detail, PIXEL_HEIGHT, height);
    }
    if (!location) dropLocation(block, first);
    const length = dropThumbnail(block, first);
    dropSubPictures(block, first);
    blankJpegs(copy);
    return copy.subarray(0, length);
  });
}

/** What a function gives; undefined where offsets point outside. */
export function unlessMalformed<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function dropLocation(block: TiffBlock, first: number): void {
  const at = numberOf(block, first, GPS_IFD);
  if (at === undefined) return;
  removeTags(block, at, () => true);
  removeTags(block, first, ({ tag }) => tag === GPS_IFD);
}

/** Unlinks the second directory and blanks its picture. Returns the length of the block without a trailing thumbnail. */
function dropThumbnail(block: TiffBlock, first: number): number {
  const { bytes, view, little } = block;
  const link = linkOf(block, first);
  const second = link + 4 <= bytes.length ? view.getUint32(link, little) : 0;
  if (second === 0) return bytes.length;
  view.setUint32(link, 0, little);
  const thumbnail = blankPreview(block, second);
  if (!thumbnail) return bytes.length;
  const { at, end } = thumbnail;
  return end >= bytes.length && at > link + 4 ? at : bytes.length;
}

function dropSubPictures(block: TiffBlock, first: number): void {
  const entry = find(block, first, SUB_IFDS);
  if (!entry) return;
  const { view, little } = block;
  for (let at = entry.valueAt; at < entry.valueAt + entry.valueBytes; at += 4) {
    unlessMalformed(() => blankPreview(block, view.getUint32(at, little)));
  }
  removeTags(block, first, ({ tag }) => tag === SUB_IFDS);
}

/** Blanks the picture of a directory. */
function blankPreview(block: TiffBlock, directory: number): { at: number; end: number } | null {
  let blanked: { at: number; end: number } | null = null;
  for (const tags of PREVIEWS) {
    const at = numberOf(block, directory, tags.at);
    const length = numberOf(block, directory, tags.length);
    if (at === undefined || length === undefined || at > block.bytes.length) continue;
    block.bytes.fill(0, at, at + length);
    blanked = { at, end: at + length };
  }
  return blanked;
}

const JPEG_START = Buffer.of(0xff, 0xd8, 0xff);

/** Blanks the JPEGs inside a block wherever they lie: maker notes hold previews that no tag of EXIF tells of. */
function blankJpegs(bytes: Uint8Array): void {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = data.indexOf(JPEG_START); at >= 0; at = data.indexOf(JPEG_START, at)) {
    const { end } = outlineJpeg(bytes.subarray(at));
    bytes.fill(0, at, at + end);
  }
}

/** Longest value that is kept in a block that has to become smaller, bytes. */
const LONG_VALUE = 4096;

/**
 * The block with its longest values left out, such as maker notes, so that it has at most `most` bytes.
 * @returns null where that is not enough
 */
export function shortened(exif: Uint8Array, most: number): Uint8Array | null {
  const small = unlessMalformed(() => {
    const block = openBlock(exif);
    const first = firstDirectory(block);
    return blockOf(block.little, {
      first: shortTags(block, first),
      exif: shortTags(block, numberOf(block, first, EXIF_IFD)),
      gps: shortTags(block, numberOf(block, first, GPS_IFD)),
    });
  });
  return small && small.length <= most ? small : null;
}

function shortTags(block: TiffBlock, directory: number | undefined): NewTag[] {
  if (directory === undefined) return [];
  return entriesOf(block, directory)
    .filter(({ tag, valueBytes }) => valueBytes > 0 && valueBytes <= LONG_VALUE && !POINTERS.includes(tag))
    .map((entry) => ({ ...entry, values: valuesOf(block, entry) }));
}

const POINTERS = [EXIF_IFD, GPS_IFD, SUB_IFDS, 0xa005]; // the last leads to interoperability tags

/** The directories of a new block. */
export interface Directories {
  readonly first: readonly NewTag[];
  readonly exif?: readonly NewTag[];
  readonly gps?: readonly NewTag[];
}

const HEADER = 8; // bytes

/** A block of the given tags. */
export function blockOf(little: boolean, { first, exif = [], gps = [] }: Directories): Uint8Array {
  const header = new Uint8Array(HEADER);
  const view = new DataView(header.buffer);
  view.setUint16(0, little ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, little);
  view.setUint32(4, HEADER, little);
  const pointer = (tag: number, at: number): NewTag => {
    const values = new Uint8Array(4);
    new DataView(values.buffer).setUint32(0, at, little);
    return { tag, type: LONG, count: 1, values };
  };
  const pointed = (exifAt: number, gpsAt: number): NewTag[] => [
    ...first,
    ...(exif.length > 0 ? [pointer(EXIF_IFD, exifAt)] : []),
    ...(gps.length > 0 ? [pointer(GPS_IFD, gpsAt)] : []),
  ];
  const exifAt = HEADER + directoryBytes(little, HEADER, pointed(0, 0)).length;
  const exifBytes = exif.length > 0 ? directoryBytes(little, exifAt, exif) : new Uint8Array();
  const gpsAt = exifAt + exifBytes.length;
  const gpsBytes = gps.length > 0 ? directoryBytes(little, gpsAt, gps) : new Uint8Array();
  return concat([header, directoryBytes(little, HEADER, pointed(exifAt, gpsAt)), exifBytes, gpsBytes]);
}

/** Tags of a TIFF that tell about its picture rather than how it lies in the file (TIFF 6.0, section 8; XMP 700 is beside). */
const OWN_TAGS = [
  269, 270, 271, 272, 282, 283, 285, 296, 305, 306, 315, 316, 33_432, 40_091, 40_092, 40_093, 40_094, 40_095,
];

/** An EXIF block of what a page of a TIFF file tells about itself; undefined where it tells nothing. */
export function exifOfTiff(bytes: Uint8Array, directory: number): Uint8Array | undefined {
  return unlessMalformed(() => {
    const block = openBlock(bytes);
    const first = shortTags(block, directory).filter(({ tag }) => OWN_TAGS.includes(tag));
    const exif = shortTags(block, numberOf(block, directory, EXIF_IFD));
    const gps = shortTags(block, numberOf(block, directory, GPS_IFD));
    if (first.length + exif.length + gps.length === 0) return undefined;
    return blockOf(block.little, { first, exif, gps });
  });
}
