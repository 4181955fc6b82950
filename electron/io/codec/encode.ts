import { TesseraError } from '../../../core/base/errors.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import { concat } from '../metadata/blocks.ts';
import type { Blocks } from '../metadata/blocks.ts';
import { embedInJpeg } from '../metadata/jpegBlocks.ts';
import { embedInPng } from '../metadata/pngBlocks.ts';
import { embedInWebp } from '../metadata/webpBlocks.ts';
import { codecMessage, isBreakdown, withCodec } from './vips.ts';
import type { Codec, Scope, VipsImage, VipsTarget } from './vips.ts';

export type OutputFormat = 'png' | 'jpeg' | 'webp';

const NAMES: Record<OutputFormat, string> = { png: 'PNG', jpeg: 'JPEG', webp: 'WebP' };

/** Longest side that a format can store. */
const LONGEST: Record<OutputFormat, number> = { png: 0x7fffffff, jpeg: 65_535, webp: 16_383 }; // px

/** Most that the WebP encoder can hold beside its working copies; without loss, or with alpha, it needs more of them. */
const MAX_WEBP_PIXELS = { lossy: 100_000_000, other: 60_000_000 } as const; // px

const WHITE = [255, 255, 255];

/**
 * The bytes of a picture file, marked as sRGB; the same arguments always give the same bytes.
 * PNG and WebP at quality 100 keep every RGBA value, also under alpha 0. JPEG has no alpha: transparent parts lie on white.
 * @param quality 1 to 100; PNG ignores it
 * @throws TesseraError 'limit' when the format cannot store so large a picture
 */
export async function encodePicture(
  picture: Picture,
  format: OutputFormat,
  quality: number,
  blocks: Blocks,
): Promise<Uint8Array> {
  checkSize(picture, format, quality);
  const bytes = await withCodec((codec, scope) => {
    const image = toImage(codec, scope, picture);
    return collect(codec, scope, (target) => {
      try {
        save(image, target, format, quality);
      } catch (cause) {
        throw isBreakdown(cause) ? cause : notStored(format, cause);
      }
    });
  });
  switch (format) {
    case 'png':
      return embedInPng(bytes, blocks);
    case 'jpeg':
      return embedInJpeg(bytes, blocks);
    case 'webp':
      return embedInWebp(bytes, blocks);
  }
}

function checkSize(picture: Picture, format: OutputFormat, quality: number): void {
  const { width, height, data } = picture;
  const refuse = (limit: string) =>
    new TesseraError('limit', `A ${NAMES[format]} file holds at most ${limit}.`, 'Write a PNG instead.');
  if (Math.max(width, height) > LONGEST[format]) throw refuse(`${LONGEST[format]} px a side`);
  const { lossy, other } = MAX_WEBP_PIXELS;
  if (format !== 'webp' || width * height <= other) return;
  const isPlain = quality < 100 && isOpaque(data);
  const most = isPlain ? lossy : other;
  const how = quality === 100 ? ' without loss' : isPlain ? '' : ' with transparency';
  if (width * height > most) throw refuse(`${most / 1e6} megapixels${how} here`);
}

function notStored(format: OutputFormat, cause: unknown): TesseraError {
  const hint = format === 'png' ? undefined : 'Write a PNG instead.';
  return new TesseraError('output', `The picture could not be stored as ${NAMES[format]}.`, hint, {
    cause: new Error(codecMessage(cause)),
  });
}

function save(image: VipsImage, target: VipsTarget, format: OutputFormat, quality: number): void {
  switch (format) {
    case 'png': // level 3 is as small as 6 on photographs, and faster
      image.pngsaveTarget(target, { compression: 3, filter: 'sub', keep: 'none' });
      return;
    case 'jpeg':
      image.jpegsaveTarget(target, { Q: quality, keep: 'icc', profile: 'srgb', background: WHITE });
      return;
    case 'webp': {
      // Effort 2 takes half the time of 4 for the same size; 0 and 1 fail on large, detailed pictures.
      const coding = quality === 100 ? { lossless: true, exact: true, effort: 0 } : { Q: quality, effort: 2 };
      image.webpsaveTarget(target, { ...coding, keep: 'icc', profile: 'srgb' });
    }
  }
}

/** What is written to a target, gathered outside the codec's memory. */
function collect(codec: Codec, scope: Scope, write: (target: VipsTarget) => void): Uint8Array {
  const target = scope.hold(new codec.TargetCustom());
  const parts: Uint8Array[] = [];
  target.onWrite = (part) => {
    parts.push(part.slice());
    return part.length;
  };
  write(target);
  return concat(parts);
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
