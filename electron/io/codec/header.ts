import { TesseraError } from '../../../core/base/errors.ts';
import { MAX_CANVAS_PIXELS, MAX_CANVAS_SIDE } from '../../../core/base/limits.ts';
import {
  MAX_CLAIM_RATIO,
  MAX_CLAIMED_BYTES,
  MAX_DECODER_BYTES,
  MAX_DEFLATE_RATIO,
  MAX_JPEG_RATIO,
  MAX_SCANNED,
} from './limits.ts';
import type { PictureFormat } from './sniff.ts';
import type { VipsImage } from './vips.ts';

/**
 * Refuses what would not fit, from the header alone: nothing is decoded yet.
 * @throws TesseraError 'limit' naming the size and the limit; 'input' for samples that are no colours
 */
export function checkLimits(source: VipsImage, format: PictureFormat, fileBytes: number, name: string): void {
  const { width, height } = source;
  if (width > MAX_CANVAS_SIDE || height > MAX_CANVAS_SIDE) {
    throw tooLarge(name, `${width} x ${height} px`, `at most ${MAX_CANVAS_SIDE} px a side`);
  }
  if (width * height > MAX_CANVAS_PIXELS) {
    throw tooLarge(name, `${width} x ${height} px`, `at most ${MAX_CANVAS_PIXELS / 1e6} megapixels`);
  }
  if (fileBytes < fewestBytes(source, format)) throw tooShort(name, source);
  const needed = fileBytes + width * height * decoderBytesPerPixel(source, format, fileBytes);
  if (needed > MAX_DECODER_BYTES) {
    const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
    throw tooLarge(
      name,
      `${width} x ${height} px`,
      `${gigabytes(MAX_DECODER_BYTES)} to decode, it needs ${gigabytes(needed)}`,
    );
  }
  if (needed > MAX_CLAIMED_BYTES && needed > MAX_CLAIM_RATIO * fileBytes) throw tooShort(name, source);
  const isLinear = source.interpretation === 'scrgb' && format !== 'jxl'; // of a JPEG XL it is said without being so
  if (!['uchar', 'ushort'].includes(source.format) && !isLinear) {
    throw new TesseraError(
      'input',
      `${name} holds ${source.format} samples, which are not displayable colours.`,
      'Save it with 8 or 16 bits per channel.',
    );
  }
}

/**
 * Refuses a JPEG of so many passes over its picture that decoding would take minutes.
 * @param scans how many there are
 * @throws TesseraError 'limit'
 */
export function checkScans({ width, height }: VipsImage, scans: number, name: string): void {
  if (width * height * scans <= MAX_SCANNED) return;
  throw new TesseraError(
    'limit',
    `${name} paints its ${width} x ${height} px ${scans} times over, which no camera or program does.`,
    'Open it in another program and save it anew.',
  );
}

/** What the decoder holds of the whole picture at once; streaming formats hold a few rows, which counts as nothing. */
function decoderBytesPerPixel(source: VipsImage, format: PictureFormat, fileBytes: number): number {
  const sample = source.format === 'uchar' ? 1 : source.format === 'ushort' ? 2 : 4;
  const raster = source.bands * sample;
  switch (format) {
    case 'jpeg':
      return isInterlaced(source) ? source.bands * 2 : 0; // progressive: all DCT coefficients, 16 bit
    case 'png':
      return isInterlaced(source) ? raster : 0;
    case 'webp':
      return 8; // RGBA twice: the lossless decoder has a copy of its own
    case 'gif':
      return 8; // RGBA, and what was there before the frame
    case 'jxl':
      return raster + 4 * source.bands * 2; // the channels as numbers of 32 bits, and what their filters write
    case 'heic':
      return 2 * raster + 2 * 3 * sample + 4; // as AVIF, and once more where it is handed over
    case 'jp2':
      return 2 * raster + 4 * source.bands; // the components as numbers of 32 bits
    case 'bmp':
    case 'psd':
      return 2 * raster; // decoded, and handed over
    case 'avif':
      return raster + 2 * 3 * sample + 4; // RGB, the YUV planes decoded and handed over, loop filter buffers
    case 'tiff':
      // All of it, and of a compressed file a strip or tile, which may span the picture.
      return fileBytes < source.width * source.height * raster ? 2 * raster : raster;
  }
}

/** A file shorter than this cannot hold the pixels; told here before memory is set aside for them. */
function fewestBytes({ width, height }: VipsImage, format: PictureFormat): number {
  if (format === 'png') return (width * height) / 8 / MAX_DEFLATE_RATIO; // at 1 bit per px
  return format === 'jpeg' ? (width * height) / MAX_JPEG_RATIO : 0;
}

function isInterlaced(source: VipsImage): boolean {
  return source.getTypeof('interlaced') !== 0;
}

function tooShort(name: string, { width, height }: VipsImage): TesseraError {
  return new TesseraError(
    'input',
    `${name} is too short for the ${width} x ${height} px that its header claims.`,
    'Get an intact copy of the file.',
  );
}

function tooLarge(name: string, size: string, limit: string): TesseraError {
  return new TesseraError(
    'limit',
    `${name} is too large (${size}; the limit is ${limit}).`,
    'Scale it down first.',
  );
}
