import { spaceOfAvif, spaceOfPng } from './codePoints.ts';
import { type ColourSpace, converter, isSrgb, type ToRgba } from './colourSpace.ts';
import { matrixSpace } from './iccProfile.ts';
import { labConverter } from './lab.ts';
import type { PictureFormat } from './sniff.ts';
import type { TiffPage } from './tiff.ts';
import type { Codec, Scope, VipsImage } from './vips.ts';

const ICC = 'icc-profile-data';
const PROBE_STEPS = 9; // levels per channel
const ROUNDING = 1; // of 255: what two conversions of equal colours may differ by

/** An image to take samples from, and what makes 8 bit sRGB RGBA of them, with straight alpha. */
export interface ColourReading {
  readonly image: VipsImage;
  readonly toRgba: ToRgba;
}

/** What the file says besides what the codec tells. */
export interface ColourSource {
  readonly format: PictureFormat;
  readonly bytes: Uint8Array;
  readonly page?: TiffPage; // that is read
  readonly dim: boolean; // whether samples of 16 bits are taken as if 255 were the most
}

const asTheyAre: ToRgba = (samples) => samples as Uint8Array;

/**
 * How to read any source colours as 8 bit sRGB RGBA, straight alpha. What the file says of its colours is followed unless
 * it is sRGB already (then pixels pass untouched) or does not fit the picture (then it is ignored, as browsers do).
 */
export function readColours(codec: Codec, scope: Scope, image: VipsImage, from: ColourSource): ColourReading {
  const source = dimmed(scope, withoutOther(scope, image, from.page), from);
  const levels = source.format === 'uchar' ? 255 : source.format === 'ushort' ? 65_535 : null;
  if (levels !== null && from.page?.lab) {
    const { lab, hasAlpha } = from.page;
    return { image: source, toRgba: labConverter(lab, source.bands, levels, hasAlpha && source.bands > 3) };
  }
  const space = levels === null || !isRgbOrGrey(source) ? null : spaceOf(source, from);
  if (space !== null && space !== 'srgb' && levels !== null && !isSrgb(space)) {
    return { image: source, toRgba: converter(space, source.bands, levels) };
  }
  const rgb = space === null ? throughEngine(codec, scope, source) : plainSrgb(scope, source);
  return { image: asBytes(scope, rgb), toRgba: asTheyAre };
}

/** Drops samples of a TIFF that are neither colours nor alpha; decoders take the first of them for alpha. */
function withoutOther(scope: Scope, image: VipsImage, page: TiffPage | undefined): VipsImage {
  if (!page || page.hasAlpha || !image.hasAlpha()) return image;
  const colours = image.interpretation === 'cmyk' ? 4 : image.bands < 3 ? 1 : 3;
  return image.bands > colours ? scope.hold(image.extractBand(0, { n: colours })) : image;
}

function dimmed(scope: Scope, image: VipsImage, { dim }: ColourSource): VipsImage {
  if (!dim || image.format !== 'ushort') return image;
  const bytes = scope.hold(image.cast('uchar'));
  return scope.hold(bytes.copy({ interpretation: image.bands < 3 ? 'b-w' : 'srgb' }));
}

function isRgbOrGrey({ interpretation, bands }: VipsImage): boolean {
  return bands <= 4 && ['srgb', 'rgb', 'rgb16', 'b-w', 'grey16'].includes(interpretation);
}

/** The space that counts: null where an ICC profile has to be followed by a colour engine. */
function spaceOf(source: VipsImage, { format, bytes }: ColourSource): ColourSpace | 'srgb' | null {
  const png = format === 'png' ? spaceOfPng(bytes) : null;
  if (png?.beforeIcc) return png.beforeIcc;
  if (source.getTypeof(ICC) !== 0) return source.bands < 3 ? null : matrixSpace(source.getBlob(ICC));
  const said = format === 'avif' || format === 'heic' ? spaceOfAvif(bytes) : png?.afterIcc;
  return said ?? 'srgb';
}

/** Through the embedded profile, or that of usual inks. */
function throughEngine(codec: Codec, scope: Scope, source: VipsImage): VipsImage {
  const embedded = source.getTypeof(ICC) !== 0 ? profileFit(codec, source) : 'none';
  if (embedded === 'other') return scope.hold(source.iccTransform('srgb', intent({ embedded: true })));
  if (source.interpretation === 'cmyk') {
    return scope.hold(source.iccTransform('srgb', intent({ input_profile: 'cmyk' })));
  }
  return plainSrgb(scope, source);
}

function plainSrgb(scope: Scope, source: VipsImage): VipsImage {
  return source.interpretation === 'srgb' ? source : scope.hold(source.colourspace('srgb'));
}

function asBytes(scope: Scope, rgb: VipsImage): VipsImage {
  const bytes = rgb.format === 'uchar' ? rgb : scope.hold(rgb.cast('uchar'));
  if (bytes.bands === 4) return bytes;
  return scope.hold(bytes.hasAlpha() ? bytes.extractBand(0, { n: 4 }) : opaque(scope, bytes));
}

function opaque(scope: Scope, image: VipsImage): VipsImage {
  const colour = image.bands === 3 ? image : scope.hold(image.extractBand(0, { n: 3 }));
  return colour.bandjoin(255);
}

/** Relative colorimetric with black point compensation: what photo editors do by default. */
function intent(from: { embedded: true } | { input_profile: string }) {
  return { ...from, intent: 'relative', black_point_compensation: true, depth: 8 } as const;
}

/** Sends a cube of colours through the embedded profile. Its name says nothing: many differ only in their text. */
function profileFit(codec: Codec, source: VipsImage): 'srgb' | 'other' | 'unusable' {
  const bands = source.bands - (source.hasAlpha() ? 1 : 0);
  const probe = cube(bands);
  const held: VipsImage[] = [];
  try {
    const flat = codec.Image.newFromMemory(probe, probe.length / bands, 1, bands, codec.BandFormat.uchar);
    held.push(flat);
    const tagged = flat.copy({ interpretation: probeSpace(source.interpretation) });
    held.push(tagged);
    tagged.setBlob(ICC, source.getBlob(ICC));
    const converted = tagged.iccTransform('srgb', intent({ embedded: true }));
    held.push(converted);
    const after = converted.writeToMemory();
    const same = bands === 3 && probe.every((value, i) => Math.abs(value - after[i]!) <= ROUNDING);
    return same ? 'srgb' : 'other';
  } catch {
    return 'unusable';
  } finally {
    for (const image of held.reverse()) image.delete();
  }
}

function probeSpace(interpretation: string): string {
  if (interpretation === 'grey16') return 'b-w';
  return interpretation === 'rgb16' ? 'srgb' : interpretation;
}

/** Every combination of a few levels per channel: [PROBE_STEPS ** bands, bands]. */
function cube(bands: number): Uint8Array {
  const out = new Uint8Array(PROBE_STEPS ** bands * bands);
  for (let i = 0; i < out.length; i++) {
    const level = Math.floor(Math.floor(i / bands) / PROBE_STEPS ** (i % bands)) % PROBE_STEPS;
    out[i] = Math.round((level * 255) / (PROBE_STEPS - 1));
  }
  return out;
}
