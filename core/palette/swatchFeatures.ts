import type { Swatches } from '../paint/swatches.ts';
import { labOf, lightness, LINEAR, luminance } from './lab.ts';

/** Numbers that say how a code looks. */
export const FEATURES = 6;

/**
 * How codes look, so that alike codes are near one another (Euclidean). Of each: the mean colour (in linear light, as an
 * eye far away has it) as L*, a*, b*; the contrast, which is the standard deviation of L*; and the contrast times the
 * direction of the swatch's lines, as the vector of twice their angle, whose length is how much one direction prevails
 * (structure tensor: Bigün and Granlund, "Optimal orientation detection of linear symmetry", ICCV 1987).
 */
export interface Features {
  readonly codes: number;
  readonly values: Float32Array; // [codes, FEATURES] in units of L*
}

const known = new WeakMap<Swatches, Features>();

/** The features of all codes; found once for the same swatches. */
export function swatchFeatures(swatches: Swatches): Features {
  let features = known.get(swatches);
  if (!features) known.set(swatches, (features = measure(swatches)));
  return features;
}

function measure({ side, pixels }: Swatches): Features {
  const bytes = side * side * 4;
  const codes = pixels.length / bytes;
  const values = new Float32Array(codes * FEATURES);
  const lightnesses = new Float32Array(side * side); // of one swatch
  for (let code = 0; code < codes; code++) {
    const colour = readSwatch(pixels, code * bytes, lightnesses);
    values.set([...colour, ...texture(lightnesses, side)], code * FEATURES);
  }
  return { codes, values };
}

/** The mean colour of a swatch; writes down the lightness of its pixels. */
function readSwatch(pixels: Uint8Array, offset: number, lightnesses: Float32Array): readonly number[] {
  let [red, green, blue] = [0, 0, 0];
  for (let i = 0, at = offset; i < lightnesses.length; i++, at += 4) {
    const r = LINEAR[pixels[at]!]!;
    const g = LINEAR[pixels[at + 1]!]!;
    const b = LINEAR[pixels[at + 2]!]!;
    lightnesses[i] = lightness(luminance(r, g, b));
    red += r;
    green += g;
    blue += b;
  }
  const count = lightnesses.length;
  return labOf(red / count, green / count, blue / count);
}

/** Contrast, and the two parts of the direction. */
function texture(lightnesses: Float32Array, side: number): readonly [number, number, number] {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < lightnesses.length; i++) {
    sum += lightnesses[i]!;
    squares += lightnesses[i]! ** 2;
  }
  const mean = sum / lightnesses.length;
  const contrast = Math.sqrt(Math.max(0, squares / lightnesses.length - mean * mean));
  const { cos, sin } = direction(lightnesses, side);
  return [contrast, contrast * cos, contrast * sin];
}

/** The vector of twice the angle of the gradient, of length 0 (no direction) to 1 (one alone). */
function direction(values: Float32Array, side: number): { cos: number; sin: number } {
  let [xx, yy, xy] = [0, 0, 0];
  for (let y = 1; y < side - 1; y++) {
    for (let i = y * side + 1; i < (y + 1) * side - 1; i++) {
      const dx = values[i + 1]! - values[i - 1]!;
      const dy = values[i + side]! - values[i - side]!;
      xx += dx * dx;
      yy += dy * dy;
      xy += dx * dy;
    }
  }
  const energy = xx + yy;
  return energy < 1e-6 ? { cos: 0, sin: 0 } : { cos: (xx - yy) / energy, sin: (2 * xy) / energy };
}
