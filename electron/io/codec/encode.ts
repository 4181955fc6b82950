import { TesseraError } from '../../../core/ipc/errors.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import type { Blocks } from '../metadata/blocks.ts';
import { embedInJpeg } from '../metadata/jpegBlocks.ts';
import { embedInPng } from '../metadata/pngBlocks.ts';
import { embedInWebp } from '../metadata/webpBlocks.ts';
import { withCodec } from './vips.ts';
import type { Codec, Scope, VipsImage } from './vips.ts';

export type OutputFormat = 'png' | 'jpeg' | 'webp';

/** Longest side that a format can store. */
const LONGEST: Record<OutputFormat, number> = { png: 0x7fffffff, jpeg: 65_535, webp: 16_383 }; // px

const WHITE = [255, 255, 255];

/**
 * The bytes of a picture file, marked as sRGB; the same arguments always give the same bytes.
 * PNG and WebP at quality 100 keep every RGBA value, also under alpha 0. JPEG has no alpha: transparent parts lie on white.
 * @param quality 1 to 100; PNG ignores it
 * @throws TesseraError 'limit' when the format cannot store so long a side
 */
export async function encodePicture(
  picture: Picture,
  format: OutputFormat,
  quality: number,
  blocks: Blocks,
): Promise<Uint8Array> {
  if (Math.max(picture.width, picture.height) > LONGEST[format]) {
    throw new TesseraError(
      'limit',
      `A ${format === 'webp' ? 'WebP' : 'JPEG'} file holds at most ${LONGEST[format]} px a side.`,
      'Write a PNG instead.',
    );
  }
  const bytes = await withCodec((codec, scope) => encode(toImage(codec, scope, picture), format, quality));
  switch (format) {
    case 'png':
      return embedInPng(bytes, blocks);
    case 'jpeg':
      return embedInJpeg(bytes, blocks);
    case 'webp':
      return embedInWebp(bytes, blocks);
  }
}

function encode(image: VipsImage, format: OutputFormat, quality: number): Uint8Array {
  switch (format) {
    case 'png':
      return image.pngsaveBuffer({ compression: 6, filter: 'sub', keep: 'none' });
    case 'jpeg':
      return image.jpegsaveBuffer({ Q: quality, keep: 'icc', profile: 'srgb', background: WHITE });
    case 'webp':
      return image.webpsaveBuffer({
        ...(quality === 100 ? { lossless: true, exact: true } : { Q: quality }),
        keep: 'icc',
        profile: 'srgb',
      });
  }
}

function toImage(codec: Codec, scope: Scope, { width, height, data }: Picture): VipsImage {
  const opaque = isOpaque(data);
  const samples = opaque ? withoutAlpha(data) : data; // smaller files, and faster
  const raw = scope.hold(
    codec.Image.newFromMemory(samples, width, height, opaque ? 3 : 4, codec.BandFormat.uchar),
  );
  return scope.hold(raw.copy({ interpretation: 'srgb' }));
}

function isOpaque(rgba: Uint8Array): boolean {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] !== 255) return false;
  return true;
}

function withoutAlpha(rgba: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from]!;
    rgb[to + 1] = rgba[from + 1]!;
    rgb[to + 2] = rgba[from + 2]!;
  }
  return rgb;
}
