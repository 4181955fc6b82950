import type { Mask } from '../../core/pixels/masks/mask.ts';
import type { Planes } from '../../core/pixels/picture.ts';

/** Peak signal-to-noise ratio in dB of planes in [0, 1]; only what `mask` selects counts where it is given. */
export function psnr(a: Planes, b: Planes, mask?: Mask): number {
  const area = a.width * a.height;
  let sum = 0;
  let count = 0;
  for (let i = 0; i < area; i++) {
    if (mask?.data[i] === 0) continue;
    for (let at = i; at < 3 * area; at += area) sum += (clip(a.data[at]!) - clip(b.data[at]!)) ** 2;
    count++;
  }
  return -10 * Math.log10(Math.max(1e-10, sum / (3 * count)));
}

/** Mean absolute error of planes in [0, 1], in levels of 255, where `mask` selects. */
export function absoluteError(a: Planes, b: Planes, mask: Mask): number {
  const area = a.width * a.height;
  let sum = 0;
  let count = 0;
  for (let i = 0; i < area; i++) {
    if (mask.data[i] === 0) continue;
    for (let at = i; at < 3 * area; at += area) sum += Math.abs(clip(a.data[at]!) - clip(b.data[at]!));
    count++;
  }
  return (255 * sum) / (3 * count);
}

const WINDOW = 8; // px
const C1 = 0.01 ** 2;
const C2 = 0.03 ** 2;

/** Structural similarity of luminance, mean over windows of 8 x 8 px (Wang et al. 2004, with square windows). */
export function ssim(a: Planes, b: Planes): number {
  const x = luminance(a);
  const y = luminance(b);
  let sum = 0;
  let count = 0;
  for (let top = 0; top + WINDOW <= a.height; top += WINDOW / 2) {
    for (let left = 0; left + WINDOW <= a.width; left += WINDOW / 2) {
      sum += windowSsim(x, y, a.width, left, top);
      count++;
    }
  }
  return sum / count;
}

function windowSsim(x: Float32Array, y: Float32Array, width: number, left: number, top: number): number {
  let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0];
  for (let row = top; row < top + WINDOW; row++) {
    for (let i = row * width + left; i < row * width + left + WINDOW; i++) {
      const p = x[i]!;
      const q = y[i]!;
      sx += p;
      sy += q;
      sxx += p * p;
      syy += q * q;
      sxy += p * q;
    }
  }
  const n = WINDOW * WINDOW;
  const [mx, my] = [sx / n, sy / n];
  const [vx, vy, cov] = [sxx / n - mx * mx, syy / n - my * my, sxy / n - mx * my];
  return ((2 * mx * my + C1) * (2 * cov + C2)) / ((mx * mx + my * my + C1) * (vx + vy + C2));
}

/** Mean absolute difference of neighbouring luminances where `mask` selects both: how much structure there is. */
export function edgeEnergy(planes: Planes, mask: Mask): number {
  return meanStep(planes, (a, b) => mask.data[a]! > 0 && mask.data[b]! > 0);
}

/** Mean step of luminance from what `mask` selects to what it does not. */
export function borderStep(planes: Planes, mask: Mask): number {
  return meanStep(planes, (a, b) => mask.data[a]! > 0 !== mask.data[b]! > 0);
}

/** Mean absolute difference of the luminances of neighbours, of the pairs (flat indices) that count. */
function meanStep(planes: Planes, counts: (a: number, b: number) => boolean): number {
  const { width, height } = planes;
  const light = luminance(planes);
  let sum = 0;
  let count = 0;
  const add = (a: number, b: number): void => {
    if (!counts(a, b)) return;
    sum += Math.abs(light[a]! - light[b]!);
    count++;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (x + 1 < width) add(i, i + 1);
      if (y + 1 < height) add(i, i + width);
    }
  }
  return sum / count;
}

/** Bits per code of a list of counts: what a code costs by its frequency alone. */
export function entropy(counts: Float64Array): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / total) * Math.log2(count / total);
  return bits;
}

/** How many codes a grid uses as if all were equally frequent: 2 to the entropy of their counts. */
export function perplexity(counts: Float64Array): number {
  return 2 ** entropy(counts);
}

/** Rec. 601 luma in [0, 1], [height * width]. */
export function luminance({ width, height, data }: Planes): Float32Array {
  const area = width * height;
  const light = new Float32Array(area);
  for (let i = 0; i < area; i++) {
    light[i] = 0.299 * clip(data[i]!) + 0.587 * clip(data[area + i]!) + 0.114 * clip(data[2 * area + i]!);
  }
  return light;
}

function clip(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}
