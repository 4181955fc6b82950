import { TesseraError } from '../../../core/base/errors.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import { type ColourReading, readColours } from './colour.ts';
import { checkLimits, checkScans } from './header.ts';
import { outlineJpeg, withEnd } from '../metadata/jpegOutline.ts';
import { intField, type PictureMetadata, readMetadata } from './fields.ts';
import { orientPicture } from './orient.ts';
import type { Orientation } from './orient.ts';
import { describe, type PictureInfo, readOrientation } from './describe.ts';
import { sniffFormat } from './sniff.ts';
import type { PictureFormat } from './sniff.ts';
import { mainPage, type TiffPage, tiffPages, withRawLab } from './tiff.ts';
import { codecMessage, isBreakdown, withCodec } from './vips.ts';
import type { Codec, Scope, VipsImage } from './vips.ts';

/** What to read of a file. */
export interface DecodeOptions {
  readonly page?: number; // of a file with several pictures, from 1
  readonly partial?: boolean; // also what is there of a file that is cut off or damaged
  readonly dim?: boolean; // samples of 16 bits are taken as if 255 were the most: for numbers, not for colours
}

export type { PictureMetadata };

/** A decoded file: pixels, what they were, and the metadata beside them. */
export interface DecodedPicture {
  readonly picture: Picture;
  readonly info: PictureInfo;
  /** Of one that is read in part: what is missing, px as seen, and transparent. All else may be coarser than it was. */
  readonly missing: Rect | null;
  readonly metadata: PictureMetadata;
}

const STRIP = 256; // px; rows that leave the codec at a time, so that it never holds the whole picture

/** Some rows of a picture of `width` x `height` px, from `y` on. */
export interface Strip {
  readonly y: number; // px
  readonly pixels: Picture; // as wide as the picture
  readonly of: { readonly width: number; readonly height: number }; // px
}

/**
 * Decodes a picture file: its main picture, colours converted to sRGB, orientation applied.
 * @param name how messages call the file
 * @throws TesseraError 'input' for broken or unknown files, 'limit' for what is too large, before any decoding
 */
export async function decodePicture(
  bytes: Uint8Array,
  name: string,
  options: DecodeOptions = {},
): Promise<DecodedPicture> {
  let picture!: Picture;
  const rest = await decode(
    bytes,
    name,
    (reading, orientation) => (picture = pull(reading, orientation)),
    options,
  );
  return { picture, ...rest };
}

/**
 * {@link decodePicture} a strip of `rows` px at a time, from top to bottom, so that no caller needs to hold a large
 * picture; one that has to be turned is held here meanwhile, and a TIFF by its decoder.
 * @param rows a multiple of 16: decoders give JPEG and PNG in so many rows and do not go back
 */
export async function decodeStrips(
  bytes: Uint8Array,
  name: string,
  rows: number,
  take: (strip: Strip) => void,
  options: DecodeOptions = {},
): Promise<Omit<DecodedPicture, 'picture'>> {
  const strips = (reading: Reading, orientation: Orientation): { width: number; height: number } => {
    const turned = orientation === 1 ? null : pull(reading, orientation);
    const { width, height } = turned ?? reading.image;
    for (let y = 0; y < height; y += rows) {
      const size = { width, height: Math.min(rows, height - y) };
      const data = turned ? rowsOf(turned, y, size.height) : pullRows(reading, y, size.height);
      take({ y, pixels: { ...size, data }, of: { width, height } });
    }
    return { width, height };
  };
  return decode(bytes, name, strips, options);
}

/** Opens and checks a file, lets `take` have its pixels as sRGB, and describes it; `take` gives the size upright. */
async function decode(
  bytes: Uint8Array,
  name: string,
  take: (reading: Reading, orientation: Orientation) => { width: number; height: number },
  options: DecodeOptions,
): Promise<Omit<DecodedPicture, 'picture'>> {
  const whole = contentOf(bytes, name, options);
  const { format } = whole;
  const intact = options.partial ? await intactRows(whole, name) : Infinity;
  const content = options.partial ? { ...whole, failOn: 'none' as const } : whole;
  return withCodec((codec, scope) => {
    const source = open(codec, scope, content, name);
    checkLimits(source, format, bytes.length, name);
    checkScans(source, content.scans, name);
    const metadata = readMetadata(source, content);
    const orientation = readOrientation(source);
    try {
      const colours = readColours(codec, scope, source, { ...content, dim: options.dim === true });
      const size = take({ ...colours, intact }, orientation);
      const missing = missingIn(source, orientation, intact);
      return { info: describe(source, content, orientation, size), metadata, missing };
    } catch (error) {
      throw broken(name, format, error);
    }
  });
}

/** How rows are taken from a file; those after the intact ones are transparent. */
interface Reading extends ColourReading {
  readonly intact: number;
}

const LOOK = 16; // rows at a time, as many as decoders give of JPEG

/**
 * How many rows of a damaged picture are there, from the top. One whose passes over all of it were cut off has all of
 * them, only coarser.
 * @throws TesseraError 'input' where nothing is there
 */
async function intactRows(content: Content, name: string): Promise<number> {
  return withCodec((codec, scope) => {
    const source = open(codec, scope, content, name);
    checkLimits(source, content.format, content.bytes.length, name);
    checkScans(source, content.scans, name);
    const { width, height } = source;
    if (content.format === 'jpeg' && source.getTypeof('interlaced') !== 0) return height;
    let y = 0;
    try {
      for (; y < height; y += LOOK) {
        const strip = source.crop(0, y, width, Math.min(LOOK, height - y));
        try {
          strip.writeToMemory();
        } finally {
          strip.delete();
        }
      }
      return height;
    } catch (error) {
      if (y === 0 || isBreakdown(error)) throw broken(name, content.format, error);
      return content.format === 'jpeg' ? y - 1 : y; // colours of the last row are mixed with those of the next
    }
  });
}

/** Where rows after the intact ones lie, px as seen. */
function missingIn(
  { width, height }: { width: number; height: number },
  orientation: Orientation,
  intact: number,
): Rect | null {
  if (intact >= height) return null;
  const rest = height - intact;
  if (orientation < 5) return { x: 0, y: orientation < 3 ? intact : 0, width, height: rest };
  const isLeft = orientation === 6 || orientation === 7;
  return { x: isLeft ? 0 : intact, y: 0, width: rest, height: width };
}

/** What {@link decodePicture} would find besides pixels, from the header alone. */
export async function readHeader(
  bytes: Uint8Array,
  name: string,
): Promise<Pick<DecodedPicture, 'info' | 'metadata'>> {
  const content = contentOf(bytes, name, {});
  return withCodec((codec, scope) => {
    const source = open(codec, scope, content, name);
    const orientation = readOrientation(source);
    const size = orientation >= 5 ? { width: source.height, height: source.width } : source;
    return { info: describe(source, content, orientation, size), metadata: readMetadata(source, content) };
  });
}

/** A file, and what its own structure says before a decoder sees it. */
interface Content {
  readonly format: PictureFormat;
  readonly bytes: Uint8Array;
  readonly scans: number; // of a JPEG
  readonly failOn: 'warning' | 'truncated' | 'none'; // what the decoder takes for a failure
  readonly index: number | null; // of the picture to read, from 0; null leaves it to the decoder
  readonly pages?: number; // how many there are, where that is known
  readonly page?: TiffPage;
}

function contentOf(bytes: Uint8Array, name: string, { page }: DecodeOptions): Content {
  const format = sniffFormat(bytes, name);
  // 'truncated': a cut file is an error, not a picture that turns grey half-way. With an end that was added, what is
  // missing before it is a warning.
  const plain = {
    format,
    bytes,
    scans: 1,
    failOn: 'truncated' as const,
    index: page === undefined ? null : page - 1,
  };
  if (format === 'jpeg') {
    const { scans, ends } = outlineJpeg(bytes);
    return { ...plain, bytes: ends ? bytes : withEnd(bytes), scans, failOn: ends ? 'truncated' : 'warning' };
  }
  if (format !== 'tiff') return plain;
  const pages = tiffPages(bytes);
  const index = plain.index ?? mainPage(pages);
  const read = pages[index];
  if (!read) return pages.length === 0 ? plain : { ...plain, index, pages: pages.length };
  const content = { ...plain, index, pages: pages.length, page: read };
  return read.lab ? { ...content, bytes: withRawLab(bytes, read) } : content;
}

function open(codec: Codec, scope: Scope, content: Content, name: string): VipsImage {
  const { index, pages } = content;
  if (index !== null && pages !== undefined && index >= pages) throw noSuchPage(name, pages);
  try {
    if (index !== null && pages !== undefined) return scope.hold(load(codec, content));
    const first = scope.hold(load(codec, { ...content, index: null }));
    const count = intField(first, 'n-pages') ?? 1;
    if (index !== null && index >= count) throw noSuchPage(name, count);
    const wanted = index ?? intField(first, 'heif-primary') ?? 0;
    return wanted === 0 ? first : scope.hold(load(codec, { ...content, index: wanted }));
  } catch (error) {
    throw broken(name, content.format, error);
  }
}

function load(codec: Codec, { format, bytes, failOn, index }: Content): VipsImage {
  const options = { access: 'sequential', fail_on: failOn } as const;
  const page = index === null ? {} : { page: index };
  switch (format) {
    case 'jpeg':
      return codec.Image.jpegloadBuffer(bytes, options);
    case 'png':
      return codec.Image.pngloadBuffer(bytes, options);
    case 'webp':
      return codec.Image.webploadBuffer(bytes, { ...options, ...page });
    case 'avif':
      return codec.Image.heifloadBuffer(bytes, { ...options, ...page });
    case 'tiff':
      // Its strips have any number of rows, and one that reaches into our next rows could not be read twice.
      return codec.Image.tiffloadBuffer(bytes, { ...options, ...page, access: 'random' });
  }
}

function noSuchPage(name: string, pages: number): TesseraError {
  const holds = pages === 1 ? 'one picture' : `${pages} pictures`;
  return new TesseraError('input', `${name} holds ${holds}.`, `Give a page from 1 to ${pages}.`);
}

/** Copies the pixels out, strip by strip, and turns them upright. */
function pull(reading: Reading, orientation: Orientation): Picture {
  const { width, height } = reading.image;
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += STRIP) {
    data.set(pullRows(reading, y, Math.min(STRIP, height - y)), y * width * 4);
  }
  return orientPicture({ width, height, data }, orientation);
}

/** Copies some rows out; this is what makes the codec decode. */
function pullRows({ image, toRgba, intact }: Reading, y: number, height: number): Uint8Array {
  const strip = image.crop(0, y, image.width, height);
  try {
    const rgba = toRgba(strip.writeToMemory() as Uint8Array | Uint16Array);
    return y + height > intact ? rgba.fill(0, Math.max(0, intact - y) * image.width * 4) : rgba;
  } finally {
    strip.delete();
  }
}

function rowsOf({ width, data }: Picture, y: number, height: number): Uint8Array {
  return data.subarray(4 * y * width, 4 * (y + height) * width);
}

function broken(name: string, format: PictureFormat, cause: unknown): unknown {
  if (cause instanceof TesseraError || isBreakdown(cause)) return cause;
  const kind = { jpeg: 'a JPEG', png: 'a PNG', webp: 'a WebP', avif: 'an AVIF', tiff: 'a TIFF' }[format];
  return new TesseraError(
    'input',
    `${name} is ${kind} file that is cut off or damaged.`,
    'Get an intact copy, or open it in another program and save it anew.',
    { cause: new Error(codecMessage(cause)), damaged: true },
  );
}
