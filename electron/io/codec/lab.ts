import { fromD50, srgbOf, type ToRgba } from './colourSpace.ts';

/** How L*a*b* lies in samples: TIFF 6.0, section 23; its ICC supplement; ITU-T T.42. */
export type LabEncoding = 'cie' | 'icc' | 'itu';

const WHITE = [0.9642, 1, 0.8249] as const; // D50

/** Samples of L*a*b* as 8 bit sRGB RGBA: [pixels, bands] -> [pixels, 4]. The fourth band is alpha where it is said to be. */
export function labConverter(
  encoding: LabEncoding,
  bands: number,
  levels: number,
  hasAlpha: boolean,
): ToRgba {
  const { lightness, a, b } = SCALES[encoding](levels);
  const [[rx, ry, rz], [gx, gy, gz], [bx, by, bz]] = fromD50();
  return (samples) => {
    const out = new Uint8Array((samples.length / bands) * 4);
    for (let from = 0, to = 0; to < out.length; from += bands, to += 4) {
      const fy = (lightness(samples[from]!) + 16) / 116;
      const x = WHITE[0] * cubed(fy + a(samples[from + 1]!) / 500);
      const y = WHITE[1] * cubed(fy);
      const z = WHITE[2] * cubed(fy - b(samples[from + 2]!) / 200);
      out[to] = srgbOf(rx * x + ry * y + rz * z);
      out[to + 1] = srgbOf(gx * x + gy * y + gz * z);
      out[to + 2] = srgbOf(bx * x + by * y + bz * z);
      out[to + 3] = hasAlpha ? Math.round((255 * samples[from + 3]!) / levels) : 255;
    }
    return out;
  };
}

/** CIE 15, 8.2.1, the other way round. */
function cubed(f: number): number {
  return f > 6 / 29 ? f ** 3 : 3 * (6 / 29) ** 2 * (f - 4 / 29);
}

type Scale = (sample: number) => number;
type Scales = (levels: number) => { readonly lightness: Scale; readonly a: Scale; readonly b: Scale };

const SCALES: Readonly<Record<LabEncoding, Scales>> = {
  cie: (levels) => {
    const half = (levels + 1) / 2;
    const signed: Scale = (v) => (v < half ? v : v - levels - 1) / (half / 128);
    return { lightness: (v) => (100 * v) / levels, a: signed, b: signed };
  },
  icc: (levels) => {
    const step = (levels + 1) / 256;
    const shifted: Scale = (v) => v / step - 128;
    return { lightness: (v) => (100 * v) / (levels === 255 ? levels : 0xff00), a: shifted, b: shifted };
  },
  itu: (levels) => ({
    lightness: (v) => (100 * v) / levels,
    a: (v) => -85 + (170 * v) / levels,
    b: (v) => -75 + (200 * v) / levels,
  }),
};
