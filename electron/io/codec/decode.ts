import { TesseraError } from '../../../core/base/errors.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import { isDisplayP3 } from './avif.ts';
import { toSrgbRgba } from './colour.ts';
import { checkLimits } from './header.ts';
import { orientPicture } from './orient.ts';
import type { Orientation } from './orient.ts';
import { sniffFormat } from './sniff.ts';
import type { PictureFormat } from './sniff.ts';
import { codecMessage, isBreakdown, withCodec } from './vips.ts';
import type { Codec, VipsImage } from './vips.ts';

/** What the file was, before it became 8 bit sRGB RGBA. */
export interface PictureInfo {
  readonly format: PictureFormat;
  readonly width: number; // px, as seen (orientation applied)
  readonly height: number; // px, as seen
  readonly orientation: Orientation; // as it was stored
  readonly sourceBitDepth: number; // bits per channel
  readonly colourSpace: 'rgb' | 'grey' | 'cmyk' | 'other';
  readonly hasAlpha: boolean;
  readonly hadIcc: boolean;
  readonly frames: number; // of an animation or a multi-page file; the first is read
}

/** Blocks that writers carry over or that tell what was done. */
export interface PictureMetadata {
  readonly exif?: Uint8Array; // a TIFF structure, without the "Exif\0\0" prefix
  readonly xmp?: Uint8Array; // UTF-8 XML
}

/** A decoded file: pixels, what they were, and the metadata beside them. */
export interface DecodedPicture {
  readonly picture: Picture;
  readonly info: PictureInfo;
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
 * Decodes a picture file: first frame, colours converted to sRGB, orientation applied.
 * @param name how messages call the file
 * @throws TesseraError 'input' for broken or unknown files, 'limit' for what is too large, before any decoding
 */
export async function decodePicture(bytes: Uint8Array, name: string): Promise<DecodedPicture> {
  let picture!: Picture;
  const rest = await decode(bytes, name, (image, orientation) => (picture = pull(image, orientation)));
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
): Promise<Omit<DecodedPicture, 'picture'>> {
  return decode(bytes, name, (image, orientation) => {
    const upright = orientation === 1 ? image : pull(image, orientation);
    const { width, height } = upright;
    for (let y = 0; y < height; y += rows) {
      const size = { width, height: Math.min(rows, height - y) };
      const data = 'data' in upright ? rowsOf(upright, y, size.height) : pullRows(upright, y, size.height);
      take({ y, pixels: { ...size, data }, of: { width, height } });
    }
    return { width, height };
  });
}

/** Opens and checks a file, lets `take` have its pixels as sRGB, and describes it; `take` gives the size upright. */
async function decode(
  bytes: Uint8Array,
  name: string,
  take: (image: VipsImage, orientation: Orientation) => { width: number; height: number },
): Promise<Omit<DecodedPicture, 'picture'>> {
  const format = sniffFormat(bytes, name);
  return withCodec((codec, scope) => {
    const source = scope.hold(open(codec, format, bytes, name));
    checkLimits(source, format, bytes.length, name);
    const metadata = readMetadata(source);
    const orientation = readOrientation(source);
    try {
      const assumed = format === 'avif' && isDisplayP3(bytes) ? 'p3' : undefined;
      const size = take(toSrgbRgba(codec, scope, source, assumed), orientation);
      return { info: describe(source, format, orientation, size), metadata };
    } catch (error) {
      throw broken(name, format, error);
    }
  });
}

/** What {@link decodePicture} would find besides pixels, from the header alone. */
export async function readHeader(bytes: Uint8Array, name: string): Promise<Omit<DecodedPicture, 'picture'>> {
  const format = sniffFormat(bytes, name);
  return withCodec((codec, scope) => {
    const source = scope.hold(open(codec, format, bytes, name));
    const orientation = readOrientation(source);
    const size = orientation >= 5 ? { width: source.height, height: source.width } : source;
    return { info: describe(source, format, orientation, size), metadata: readMetadata(source) };
  });
}

function open(codec: Codec, format: PictureFormat, bytes: Uint8Array, name: string): VipsImage {
  // 'truncated': a cut file is an error, not a picture that turns grey half-way.
  const options = { access: 'sequential', fail_on: 'truncated' } as const;
  try {
    switch (format) {
      case 'jpeg':
        return codec.Image.jpegloadBuffer(bytes, options);
      case 'png':
        return codec.Image.pngloadBuffer(bytes, options);
      case 'webp':
        return codec.Image.webploadBuffer(bytes, options);
      case 'avif':
        return codec.Image.heifloadBuffer(bytes, options);
      case 'tiff':
        // Its strips have any number of rows, and one that reaches into our next rows could not be read twice.
        return codec.Image.tiffloadBuffer(bytes, { ...options, access: 'random' });
    }
  } catch (error) {
    throw broken(name, format, error);
  }
}

/** Copies the pixels out, strip by strip, and turns them upright. */
function pull(image: VipsImage, orientation: Orientation): Picture {
  const { width, height } = image;
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += STRIP) {
    data.set(pullRows(image, y, Math.min(STRIP, height - y)), y * width * 4);
  }
  return orientPicture({ width, height, data }, orientation);
}

/** Copies some rows out; this is what makes the codec decode. */
function pullRows(image: VipsImage, y: number, height: number): Uint8Array {
  const strip = image.crop(0, y, image.width, height);
  try {
    return strip.writeToMemory() as Uint8Array; // of an 8 bit image it is
  } finally {
    strip.delete();
  }
}

function rowsOf({ width, data }: Picture, y: number, height: number): Uint8Array {
  return data.subarray(4 * y * width, 4 * (y + height) * width);
}

function describe(
  source: VipsImage,
  format: PictureFormat,
  orientation: Orientation,
  { width, height }: { width: number; height: number },
): PictureInfo {
  return {
    format,
    width,
    height,
    orientation,
    sourceBitDepth: intField(source, 'bits-per-sample') ?? bitsOf(source.format),
    colourSpace: colourSpaceOf(source.interpretation),
    hasAlpha: source.hasAlpha(),
    hadIcc: source.getTypeof('icc-profile-data') !== 0,
    frames: intField(source, 'n-pages') ?? 1,
  };
}

function colourSpaceOf(interpretation: string): PictureInfo['colourSpace'] {
  if (interpretation === 'cmyk') return 'cmyk';
  if (interpretation === 'b-w' || interpretation === 'grey16') return 'grey';
  return ['srgb', 'rgb', 'rgb16', 'scrgb'].includes(interpretation) ? 'rgb' : 'other';
}

function bitsOf(format: string): number {
  if (format === 'uchar' || format === 'char') return 8;
  return format === 'ushort' || format === 'short' ? 16 : 32;
}

function readOrientation(source: VipsImage): Orientation {
  const value = intField(source, 'orientation') ?? 1;
  return value >= 1 && value <= 8 ? (value as Orientation) : 1;
}

function readMetadata(source: VipsImage): PictureMetadata {
  const exif = blobField(source, 'exif-data');
  const xmp = blobField(source, 'xmp-data');
  return { ...(exif && { exif: withoutPrefix(exif) }), ...(xmp && { xmp }) };
}

/** JPEG stores "Exif\0\0" before the TIFF structure, PNG does not, and WebP files do either. */
function withoutPrefix(exif: Uint8Array): Uint8Array {
  return exif[0] === 0x45 && exif[1] === 0x78 ? exif.subarray(6) : exif;
}

function intField(source: VipsImage, field: string): number | undefined {
  return source.getTypeof(field) === 0 ? undefined : source.getInt(field);
}

function blobField(source: VipsImage, field: string): Uint8Array | undefined {
  return source.getTypeof(field) === 0 ? undefined : source.getBlob(field).slice();
}

function broken(name: string, format: PictureFormat, cause: unknown): unknown {
  if (cause instanceof TesseraError || isBreakdown(cause)) return cause;
  const kind = { jpeg: 'a JPEG', png: 'a PNG', webp: 'a WebP', avif: 'an AVIF', tiff: 'a TIFF' }[format];
  return new TesseraError(
    'input',
    `${name} is ${kind} file that is cut off or damaged.`,
    'Get an intact copy, or open it in another program and save it anew.',
    { cause: new Error(codecMessage(cause)) },
  );
}
