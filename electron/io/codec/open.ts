import { TesseraError } from '../../../core/base/errors.ts';
import { outlineJpeg, withEnd } from '../metadata/jpegOutline.ts';
import { type Deadline, Overdue, startDeadline } from './deadline.ts';
import { intField } from './fields.ts';
import { readBmp } from './foreign/bmp.ts';
import { readJp2 } from './foreign/jp2.ts';
import { loadOpenJpeg } from './foreign/openJpeg.ts';
import type { ForeignPicture } from './foreign/picture.ts';
import { readPsd } from './foreign/psd.ts';
import { checkLimits, checkScans } from './header.ts';
import { headerImage, pixelsOf } from './pixels.ts';
import { sniffFormat } from './sniff.ts';
import type { PictureFormat } from './sniff.ts';
import { mainPage, type TiffPage, tiffPages, withRawLab } from './tiff.ts';
import { codecMessage, isBreakdown, withCodec } from './vips.ts';
import type { Codec, Scope, VipsImage } from './vips.ts';

/** A file, and what its own structure says before a decoder sees it. */
export interface Content {
  readonly name: string; // how messages call it
  readonly format: PictureFormat;
  readonly bytes: Uint8Array;
  readonly scans: number; // of a JPEG
  readonly failOn: 'warning' | 'error' | 'truncated' | 'none'; // what the decoder takes for a failure
  readonly access?: 'sequential' | 'random'; // of a TIFF; the former gives each strip once
  readonly index: number | null; // of the picture to read, from 0; null leaves it to the decoder
  readonly pages?: number; // how many there are, where that is known
  readonly page?: TiffPage;
}

/** @param page of a file with several pictures, from 1 */
export function contentOf(bytes: Uint8Array, name: string, page?: number): Content {
  const format = sniffFormat(bytes, name);
  // 'truncated': a cut file is an error, not a picture that turns grey half-way. With an end that was added, what is
  // missing before it is a warning; and a TIFF takes strips that lie beyond its end for any other error.
  const plain = {
    name,
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
  if (!read)
    return pages.length === 0 ? { ...plain, failOn: 'error' } : { ...plain, index, pages: pages.length };
  const content = { ...plain, failOn: 'error' as const, index, pages: pages.length, page: read };
  return read.lab ? { ...content, bytes: withRawLab(bytes, read) } : content;
}

/** A file whose header was read. */
export interface Opened {
  readonly codec: Codec;
  readonly scope: Scope;
  readonly source: VipsImage;
  /** What makes the codec decode goes through it. */
  readonly deadline: Deadline;
  /** The image with its pixels; those that the codec does not decode are decoded here, as a whole. */
  readonly pixels: () => VipsImage;
}

/** How often a decoder may begin that did not get to work. */
const ATTEMPTS = 3;

/**
 * Opens a file for as long as decoding it may take, and runs `work` with it; once more where that was interrupted.
 * @throws TesseraError 'input' for broken files, 'limit' for those that take too long
 */
export async function withOpened<T>(content: Content, work: (opened: Opened) => T): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const foreign = await readForeign(content);
      return await withCodec((codec, scope) => {
        const deadline = startDeadline(content.bytes.length, content.format);
        const source = deadline.run(() => open(codec, scope, content, foreign));
        const pixels = (): VipsImage => {
          const image = deadline.run(() => pixelsOf(codec, scope, source, content, foreign));
          if (image !== source) deadline.earn(source.width * source.height);
          return image;
        };
        return work({ codec, scope, source, deadline, pixels });
      });
    } catch (error) {
      if (!(error instanceof Overdue)) throw error;
      if (!error.starved || attempt === ATTEMPTS) throw tooSlow(content, error);
    }
  }
}

/** The header of a file that the codec does not know; null for the others. */
async function readForeign(content: Content): Promise<ForeignPicture | null> {
  const { format, bytes, name } = content;
  try {
    if (format === 'bmp') return readBmp(bytes);
    if (format === 'psd') return readPsd(bytes, name);
    return format === 'jp2' ? readJp2(bytes, name, await loadOpenJpeg()) : null;
  } catch (error) {
    throw broken(content, error);
  }
}

function tooSlow({ name }: Content, { starved }: Overdue): TesseraError {
  return new TesseraError(
    'limit',
    `${name} takes too long to decode, so that was given up.`,
    starved ? 'The computer is very busy: try again later.' : 'Open it in another program and save it anew.',
  );
}

/** Refuses what would not fit, before anything is decoded. @throws TesseraError 'limit' or 'input' */
export function checkOpened({ source }: Opened, { format, bytes, scans, name }: Content): void {
  checkLimits(source, format, bytes.length, name);
  checkScans(source, scans, name);
}

function open(codec: Codec, scope: Scope, content: Content, foreign: ForeignPicture | null): VipsImage {
  const { index } = content;
  const pages = foreign ? 1 : content.pages;
  if (index !== null && pages !== undefined && index >= pages) throw noSuchPage(content, pages);
  try {
    if (foreign) return scope.hold(headerImage(codec, foreign));
    if (index !== null && pages !== undefined) return scope.hold(load(codec, content));
    const first = scope.hold(load(codec, { ...content, index: null }));
    const count = intField(first, 'n-pages') ?? 1;
    if (index !== null && index >= count) throw noSuchPage(content, count);
    const main = intField(first, 'heif-primary') ?? 0; // which it is, unless another is asked for
    const wanted = index ?? main;
    return wanted === main ? first : scope.hold(load(codec, { ...content, index: wanted }));
  } catch (error) {
    throw broken(content, error);
  }
}

function load(codec: Codec, { format, bytes, failOn, index, access = 'random' }: Content): VipsImage {
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
    case 'heic':
      return codec.Image.heifloadBuffer(bytes, { ...options, ...page });
    case 'gif':
      return codec.Image.gifloadBuffer(bytes, { ...options, ...page });
    case 'jxl':
      return codec.Image.jxlloadBuffer(bytes, { ...options, ...page });
    case 'tiff':
      // Its strips have any number of rows, and one that reaches into our next rows could not be read twice.
      return codec.Image.tiffloadBuffer(bytes, { ...options, ...page, access });
    case 'bmp':
    case 'psd':
    case 'jp2':
      throw new Error(format); // these are read in codec/foreign
  }
}

function noSuchPage({ name }: Content, pages: number): TesseraError {
  const holds = pages === 1 ? 'one picture' : `${pages} pictures`;
  return new TesseraError('input', `${name} holds ${holds}.`, `Give a page from 1 to ${pages}.`);
}

/** What the codec refused as a damaged file; what is no refusal of the file stays what it is. */
export function broken({ name, format }: Content, cause: unknown): unknown {
  if (cause instanceof TesseraError || cause instanceof Overdue || isBreakdown(cause)) return cause;
  const inPart = IN_PART.includes(format); // decoders of the others give nothing of a picture that is not whole
  return new TesseraError(
    'input',
    `${name} is ${KINDS[format]} file that is cut off or damaged.`,
    inPart
      ? 'Get an intact copy, or open it in another program and save it anew.'
      : 'Get an intact copy: files of this kind cannot be read in part.',
    { cause: new Error(codecMessage(cause)), damaged: inPart || undefined },
  );
}

/** Nothing of a damaged file can be read. */
export function nothingLeft({ name, format }: Content, cause?: unknown): TesseraError {
  return new TesseraError(
    'input',
    `${name} is ${KINDS[format]} file that is cut off or damaged, and nothing of its picture can be read.`,
    'Get an intact copy.',
    { cause },
  );
}

/** Formats that can be read as far as they are there. */
export const IN_PART: readonly PictureFormat[] = ['jpeg', 'png', 'webp', 'tiff'];

const KINDS: Readonly<Record<PictureFormat, string>> = {
  jpeg: 'a JPEG',
  png: 'a PNG',
  webp: 'a WebP',
  avif: 'an AVIF',
  heic: 'a HEIC',
  tiff: 'a TIFF',
  gif: 'a GIF',
  bmp: 'a BMP',
  jxl: 'a JPEG XL',
  jp2: 'a JPEG 2000',
  psd: 'a Photoshop',
};
