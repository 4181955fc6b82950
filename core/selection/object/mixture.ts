import { createRng } from '../../base/rng.ts';

const COMPONENTS = 5;
const ROUNDS = 6; // of k-means
const SAMPLED = 1500; // pixels that a mixture is fitted to, at most
const GRAIN = (6 / 255) ** 2; // variance that every component has at least: noise of a photograph

/** How probable colours are: a mixture of Gaussians with full covariances, of three channels from 0 to 1. */
export interface ColourMixture {
  /** Minus the logarithm of the density. */
  cost(colours: Float32Array, pixel: number): number;
}

/** The mixture that fits some pixels of a picture, [pixels, 3]; those whose weight is 0 do not count. */
export function fitMixture(colours: Float32Array, weights: ArrayLike<number>): ColourMixture {
  const pixels = sample(weights);
  if (pixels.length === 0) return { cost: () => 0 };
  const centres = spread(colours, pixels);
  const own = new Uint8Array(pixels.length);
  for (let round = 0; round < ROUNDS; round++) {
    for (let at = 0; at < pixels.length; at++) own[at] = nearest(colours, pixels[at]!, centres);
    for (const [index, centre] of centres.entries()) moveTo(centre, colours, pixels, own, index);
  }
  const parts = centres.flatMap((_, index) => component(colours, pixels, own, index));
  return {
    cost(colours, pixel) {
      let density = 1e-12;
      for (const part of parts) density += part(colours, pixel);
      return -Math.log(density);
    },
  };
}

/** The pixels whose weight is not 0, or evenly spread ones of them. */
function sample(weights: ArrayLike<number>): Int32Array {
  let count = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i]! > 0) count++;
  const step = Math.max(1, count / SAMPLED);
  const pixels = new Int32Array(Math.min(count, Math.floor(count / step)));
  let seen = 0;
  let taken = 0;
  for (let i = 0; i < weights.length && taken < pixels.length; i++) {
    if (weights[i]! > 0 && seen++ >= taken * step) pixels[taken++] = i;
  }
  return pixels.subarray(0, taken);
}

/** First centres far from each other, the same for the same pixels. */
function spread(colours: Float32Array, pixels: Int32Array): Float64Array[] {
  const rng = createRng(pixels.length);
  const at = (pixel: number): Float64Array => Float64Array.from(colours.subarray(3 * pixel, 3 * pixel + 3));
  const centres = [at(pixels[Math.floor(rng.uniform() * pixels.length)]!)];
  const far = new Float64Array(pixels.length).fill(Infinity);
  while (centres.length < COMPONENTS) {
    let sum = 0;
    const newest = centres.at(-1)!;
    for (let i = 0; i < pixels.length; i++) {
      far[i] = Math.min(far[i]!, apart(colours, pixels[i]!, newest));
      sum += far[i]!;
    }
    if (sum === 0) break; // all pixels are of one colour of these
    let left = rng.uniform() * sum;
    let chosen = 0;
    while (chosen < pixels.length - 1 && (left -= far[chosen]!) > 0) chosen++;
    centres.push(at(pixels[chosen]!));
  }
  return centres;
}

function nearest(colours: Float32Array, pixel: number, centres: readonly Float64Array[]): number {
  let best = 0;
  let least = Infinity;
  for (let index = 0; index < centres.length; index++) {
    const distance = apart(colours, pixel, centres[index]!);
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

function apart(colours: Float32Array, pixel: number, centre: Float64Array): number {
  const red = colours[3 * pixel]! - centre[0]!;
  const green = colours[3 * pixel + 1]! - centre[1]!;
  const blue = colours[3 * pixel + 2]! - centre[2]!;
  return red * red + green * green + blue * blue;
}

function moveTo(
  centre: Float64Array,
  colours: Float32Array,
  pixels: Int32Array,
  own: Uint8Array,
  index: number,
): void {
  let [red, green, blue, count] = [0, 0, 0, 0];
  for (let at = 0; at < pixels.length; at++) {
    if (own[at] !== index) continue;
    const i = 3 * pixels[at]!;
    count++;
    red += colours[i]!;
    green += colours[i + 1]!;
    blue += colours[i + 2]!;
  }
  if (count > 0) centre.set([red / count, green / count, blue / count]);
}

type Density = (colours: Float32Array, pixel: number) => number;

/** The weighted density of one component; none where no pixel is its own. */
function component(colours: Float32Array, pixels: Int32Array, own: Uint8Array, index: number): Density[] {
  const mean = new Float64Array(3);
  moveTo(mean, colours, pixels, own, index);
  const sums = new Float64Array(6); // rr, gg, bb, rg, rb, gb
  let count = 0;
  for (let at = 0; at < pixels.length; at++) {
    if (own[at] !== index) continue;
    const i = 3 * pixels[at]!;
    const r = colours[i]! - mean[0]!;
    const g = colours[i + 1]! - mean[1]!;
    const b = colours[i + 2]! - mean[2]!;
    count++;
    sums[0]! += r * r;
    sums[1]! += g * g;
    sums[2]! += b * b;
    sums[3]! += r * g;
    sums[4]! += r * b;
    sums[5]! += g * b;
  }
  if (count === 0) return [];
  const [rr, gg, bb, rg, rb, gb] = sums.map((sum, i) => sum / count + (i < 3 ? GRAIN : 0)) as unknown as Six;
  const [crr, crg, crb] = [gg * bb - gb * gb, rb * gb - rg * bb, rg * gb - rb * gg];
  const determinant = rr * crr + rg * crg + rb * crb;
  const [cgg, cgb, cbb] = [rr * bb - rb * rb, rg * rb - rr * gb, rr * gg - rg * rg];
  const scale = count / pixels.length / Math.sqrt((2 * Math.PI) ** 3 * determinant);
  const [m0, m1, m2] = mean as unknown as [number, number, number];
  return [
    (colours, pixel) => {
      const r = colours[3 * pixel]! - m0;
      const g = colours[3 * pixel + 1]! - m1;
      const b = colours[3 * pixel + 2]! - m2;
      const square = r * r * crr + g * g * cgg + b * b * cbb + 2 * (r * g * crg + r * b * crb + g * b * cgb);
      return scale * Math.exp((-0.5 * square) / determinant);
    },
  ];
}

type Six = readonly [number, number, number, number, number, number];
