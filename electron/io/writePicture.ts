import { extname } from 'node:path';
import { TesseraError } from '../../core/base/errors.ts';
import type { Picture } from '../../core/pixels/picture.ts';
import type { PictureMetadata } from './codec/decode.ts';
import { encodePicture } from './codec/encode.ts';
import type { OutputFormat } from './codec/encode.ts';
import { atomicWrite } from './files/atomicWrite.ts';
import { quoted } from './files/readBytes.ts';
import { utf8 } from './metadata/blocks.ts';
import type { Blocks } from './metadata/blocks.ts';
import { densityOf } from './metadata/density.ts';
import { shortened, updateExif } from './metadata/exif.ts';
import { MOST_IN_JPEG } from './metadata/jpegBlocks.ts';
import { carriedProperties } from './metadata/xmpSource.ts';
import { describeRecord } from '../../core/fill/record.ts';
import type { FillRecord } from '../../core/fill/record.ts';
import { xmpPacket } from './metadata/xmp.ts';

/** How a picture is written. */
export interface WriteOptions {
  readonly format?: OutputFormat; // else by the path's extension
  readonly quality?: number; // 1 .. 100, for JPEG and WebP; WebP at 100 is lossless
  readonly metadata?: PictureMetadata; // of the source: what still holds of it is kept
  readonly location?: boolean; // false leaves out where the picture was taken
  readonly onDropped?: (what: string) => void; // told, in a sentence, what could not be kept of the metadata
  readonly record?: FillRecord; // what was done
  readonly software?: string; // that wrote it, where there is no record
}

const BY_EXTENSION: Readonly<Record<string, OutputFormat>> = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.webp': 'webp',
};

const DEFAULT_QUALITY = 92;

/**
 * Writes a picture file atomically, marked as sRGB, with the source's EXIF and what was done inside. The same
 * arguments give the same bytes: there is no timestamp.
 * @throws TesseraError 'output' when it cannot be written; 'usage' for an unknown extension or quality
 */
export async function writePicture(
  path: string,
  picture: Picture,
  options: WriteOptions = {},
): Promise<void> {
  await atomicWrite(path, await pictureBytes(picture, options.format ?? formatOf(path), options));
}

/**
 * The bytes that {@link writePicture} writes.
 * @throws TesseraError 'usage' for an unknown quality, 'limit' where the format cannot hold the picture
 */
export async function pictureBytes(
  picture: Picture,
  format: OutputFormat,
  options: Omit<WriteOptions, 'format'> = {},
): Promise<Uint8Array> {
  const quality = options.quality ?? DEFAULT_QUALITY;
  if (!(quality >= 1 && quality <= 100)) {
    throw new TesseraError('usage', `The quality ${quality} is not between 1 and 100.`);
  }
  return encodePicture(picture, format, Math.round(quality), blocksFor(picture, format, options));
}

/**
 * The format that a path asks for.
 * @throws TesseraError 'usage' for an extension that we do not write
 */
export function formatOf(path: string): OutputFormat {
  const extension = extname(path).toLowerCase();
  const format = BY_EXTENSION[extension];
  if (format !== undefined) return format;
  const problem = extension === '' ? 'has no extension' : `ends in "${extension}"`;
  throw new TesseraError(
    'usage',
    `${quoted(path)} ${problem}.`,
    'Pictures are written as .png, .jpg or .webp.',
  );
}

function blocksFor(picture: Picture, format: OutputFormat, options: WriteOptions): Blocks {
  const { record, software } = options;
  const exif = exifFor(picture, format, options);
  const xmp = xmpFor(format, options);
  return {
    density: exif ? densityOf(exif) : null,
    ...(exif && { exif }),
    ...(xmp && { xmp }),
    ...(software !== undefined && { software }),
    ...(record && { description: describeRecord(record), software: record.software }),
  };
}

function exifFor(
  { width, height }: Picture,
  format: OutputFormat,
  { metadata, location = true, onDropped }: WriteOptions,
): Uint8Array | undefined {
  if (!metadata?.exif) return undefined;
  const exif = updateExif(metadata.exif, { width, height, location });
  if (!exif) onDropped?.('The EXIF of the source is damaged and was left out.');
  if (!exif || format !== 'jpeg' || exif.length <= MOST_IN_JPEG.exif) return exif;
  const short = shortened(exif, MOST_IN_JPEG.exif) ?? undefined;
  onDropped?.(
    short
      ? 'Long parts of the EXIF, such as maker notes, do not fit into a JPEG and were left out.'
      : 'The EXIF does not fit into a JPEG and was left out.',
  );
  return short;
}

function xmpFor(format: OutputFormat, options: WriteOptions): Uint8Array | undefined {
  const { metadata, record, location = true, onDropped } = options;
  const carried = metadata?.xmp ? carriedProperties(new TextDecoder().decode(metadata.xmp), location) : [];
  if (!carried) onDropped?.('The XMP of the source cannot be read and was left out.');
  if (!record && !carried?.length) return undefined;
  const packet = utf8(xmpPacket(record, carried ?? []));
  if (format !== 'jpeg' || packet.length <= MOST_IN_JPEG.xmp) return packet;
  onDropped?.('The XMP of the source does not fit into a JPEG and was left out.');
  const alone = record && utf8(xmpPacket(record, []));
  return alone && alone.length <= MOST_IN_JPEG.xmp ? alone : undefined;
}
