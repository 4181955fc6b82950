import { intField } from './fields.ts';
import type { Orientation } from './orient.ts';
import type { PictureFormat } from './sniff.ts';
import type { TiffPage } from './tiff.ts';
import type { VipsImage } from './vips.ts';

/** What the file was, before it became 8 bit sRGB RGBA. */
export interface PictureInfo {
  readonly format: PictureFormat;
  readonly width: number; // px, as seen (orientation applied)
  readonly height: number; // px, as seen
  readonly orientation: Orientation; // as it was stored
  readonly sourceBitDepth: number; // bits per channel
  readonly colourSpace: 'rgb' | 'grey' | 'cmyk' | 'lab' | 'other';
  readonly hasAlpha: boolean;
  readonly hadIcc: boolean;
  readonly frames: number; // of an animation or a multi-page file
  readonly frame: number; // the one that is read, from 1: of a TIFF the largest, of an animation the first
}

/** Which picture of which kind of file is read. */
interface Described {
  readonly format: PictureFormat;
  readonly page?: TiffPage;
  readonly index: number | null; // from 0; null leaves it to the decoder
}

/** Tells what a file was. @param size of it, px as seen */
export function describe(
  source: VipsImage,
  { format, page, index }: Described,
  orientation: Orientation,
  { width, height }: { width: number; height: number },
): PictureInfo {
  return {
    format,
    width,
    height,
    orientation,
    sourceBitDepth: intField(source, 'bits-per-sample') ?? bitsOf(source.format),
    colourSpace: page?.lab ? 'lab' : colourSpaceOf(source.interpretation),
    hasAlpha: source.hasAlpha() && page?.hasAlpha !== false,
    hadIcc: source.getTypeof('icc-profile-data') !== 0,
    frames: intField(source, 'n-pages') ?? 1,
    frame: 1 + (index ?? intField(source, 'heif-primary') ?? 0),
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

/** How a picture is stored; upright where that is not told. */
export function readOrientation(source: VipsImage): Orientation {
  const value = intField(source, 'orientation') ?? 1;
  return value >= 1 && value <= 8 ? (value as Orientation) : 1;
}
