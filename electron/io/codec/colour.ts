import type { Codec, Scope, VipsImage } from './vips.ts';

const ICC = 'icc-profile-data';
const PROBE_STEPS = 9; // levels per channel
const ROUNDING = 1; // of 255: what two conversions of equal colours may differ by

/**
 * Any source colours as 8 bit sRGB RGBA, straight alpha. An embedded profile is followed unless it is sRGB already
 * (then pixels pass untouched) or does not fit the picture (then it is ignored, as browsers do).
 * @param assumed a profile that the file implies without embedding one, e.g. AVIF with Display P3 primaries
 */
export function toSrgbRgba(codec: Codec, scope: Scope, source: VipsImage, assumed?: 'p3'): VipsImage {
  const rgb = toSrgb(codec, scope, source, assumed);
  const bytes = rgb.format === 'uchar' ? rgb : scope.hold(rgb.cast('uchar'));
  if (bytes.bands === 4) return bytes;
  return scope.hold(bytes.hasAlpha() ? bytes.extractBand(0, { n: 4 }) : opaque(scope, bytes));
}

function opaque(scope: Scope, image: VipsImage): VipsImage {
  const colour = image.bands === 3 ? image : scope.hold(image.extractBand(0, { n: 3 }));
  return colour.bandjoin(255);
}

function toSrgb(codec: Codec, scope: Scope, source: VipsImage, assumed: 'p3' | undefined): VipsImage {
  const embedded = source.getTypeof(ICC) !== 0 ? profileFit(codec, source) : 'none';
  if (embedded === 'other') return scope.hold(source.iccTransform('srgb', intent({ embedded: true })));
  if (source.interpretation === 'cmyk') {
    return scope.hold(source.iccTransform('srgb', intent({ input_profile: 'cmyk' })));
  }
  if (embedded === 'none' && assumed !== undefined) {
    return scope.hold(source.iccTransform('srgb', intent({ input_profile: assumed })));
  }
  return source.interpretation === 'srgb' ? source : scope.hold(source.colourspace('srgb'));
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
