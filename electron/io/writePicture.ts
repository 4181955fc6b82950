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
import { updateExif } from './metadata/exif.ts';
import { describeRecord } from '../../core/fill/record.ts';
import type { FillRecord } from '../../core/fill/record.ts';
import { recordToXmp } from './metadata/xmp.ts';

/** How a picture is written. */
export interface WriteOptions {
  readonly format?: OutputFormat; // else by the path's extension
  readonly quality?: number; // 1 .. 100, for JPEG and WebP; WebP at 100 is lossless
  readonly metadata?: PictureMetadata; // of the source: its EXIF is kept
  readonly record?: FillRecord; // what was done
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
  return encodePicture(picture, format, Math.round(quality), blocksFor(picture, options));
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

function blocksFor(picture: Picture, { metadata, record }: WriteOptions): Blocks {
  const exif = metadata?.exif && updateExif(metadata.exif, picture);
  return {
    ...(exif && { exif }),
    ...(record && {
      xmp: utf8(recordToXmp(record)),
      description: describeRecord(record),
      software: record.software,
    }),
  };
}
