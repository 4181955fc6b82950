import { TesseraError } from '../base/errors.ts';

/** CIE L*a*b* (CIE 15, D65 white): L 0 (black) .. 100 (white), a green to red, b blue to yellow. */
export type Lab = readonly [L: number, a: number, b: number];

/** Linear light of each 8 bit sRGB level, 0 .. 1 (IEC 61966-2-1). */
export const LINEAR = Float64Array.from({ length: 256 }, (_, level) => {
  const value = level / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** Relative luminance of linear sRGB, 0 .. 1. */
export function luminance(red: number, green: number, blue: number): number {
  return 0.2126729 * red + 0.7151522 * green + 0.072175 * blue;
}

/** Lightness L* of a relative luminance. */
export function lightness(y: number): number {
  return 116 * compressed(y) - 16;
}

/** The colour of linear sRGB, each 0 .. 1. */
export function labOf(red: number, green: number, blue: number): Lab {
  const x = compressed((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
  const y = compressed(luminance(red, green, blue));
  const z = compressed((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** The colour of a text such as #1e90ff. Throws 'input' for any other text. */
export function labOfHex(colour: string): Lab {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) {
    throw new TesseraError('input', `“${colour}” is not a colour.`, 'Write it as #rrggbb, such as #1e90ff.');
  }
  const level = (at: number): number => LINEAR[Number.parseInt(colour.slice(at, at + 2), 16)]!;
  return labOf(level(1), level(3), level(5));
}

/** How different two colours look: ΔE of 1976. About 2 is just seen. */
export function labDistance(one: Lab, other: Lab): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

function compressed(t: number): number {
  return t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116;
}
