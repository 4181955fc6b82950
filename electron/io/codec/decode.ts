import type { Rect } from '../../../core/base/geometry.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import { type ColourReading, readColours } from './colour.ts';
import type { Deadline } from './deadline.ts';
import { describe, type PictureInfo, readOrientation } from './describe.ts';
import { type PictureMetadata, readMetadata } from './fields.ts';
import { broken, checkOpened, contentOf, nothingLeft, withOpened } from './open.ts';
import { orientPicture } from './orient.ts';
import type { Orientation } from './orient.ts';
import { findPart, isDamage, missingIn } from './partial.ts';

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
  const whole = contentOf(bytes, name, options.page);
  const { content, intact } = options.partial ? await findPart(whole) : { content: whole, intact: Infinity };
  return withOpened(content, (opened) => {
    checkOpened(opened, content);
    const { codec, scope, source, deadline, pixels } = opened;
    const metadata = readMetadata(source, content);
    const orientation = readOrientation(source);
    try {
      const from = { ...content, dim: options.dim === true };
      const image = pixels();
      const colours = deadline.run(() => readColours(codec, scope, image, from));
      const size = take({ ...colours, intact, deadline }, orientation);
      const missing = missingIn(source, orientation, intact);
      return { info: describe(source, content, orientation, size), metadata, missing };
    } catch (error) {
      const refusal = broken(content, error);
      throw options.partial && isDamage(refusal) ? nothingLeft(content, refusal) : refusal;
    }
  });
}

/** How rows are taken from a file; those after the intact ones are transparent. */
interface Reading extends ColourReading {
  readonly intact: number;
  readonly deadline: Deadline;
}

/** What {@link decodePicture} would find besides pixels, from the header alone. */
export async function readHeader(
  bytes: Uint8Array,
  name: string,
): Promise<Pick<DecodedPicture, 'info' | 'metadata'>> {
  const content = contentOf(bytes, name);
  return withOpened(content, ({ source }) => {
    const orientation = readOrientation(source);
    const size = orientation >= 5 ? { width: source.height, height: source.width } : source;
    return { info: describe(source, content, orientation, size), metadata: readMetadata(source, content) };
  });
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

/** Copies some rows out; this is what makes the codec decode. What is not intact is not asked for. */
function pullRows({ image, toRgba, intact, deadline }: Reading, y: number, height: number): Uint8Array {
  const { width } = image;
  const there = Math.min(height, intact - y);
  if (there <= 0) return new Uint8Array(4 * width * height);
  const strip = image.crop(0, y, width, there);
  try {
    const rgba = deadline.run(() => toRgba(strip.writeToMemory() as Uint8Array | Uint16Array));
    deadline.earn(width * there);
    if (there === height) return rgba;
    const rows = new Uint8Array(4 * width * height);
    rows.set(rgba);
    return rows;
  } finally {
    strip.delete();
  }
}

function rowsOf({ width, data }: Picture, y: number, height: number): Uint8Array {
  return data.subarray(4 * y * width, 4 * (y + height) * width);
}
