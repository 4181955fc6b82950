import type { Planes, Rect } from '../../core/pixels/picture.ts';

/** Peak signal-to-noise ratio in dB of planes in [0, 1]; only the pixels of `rect` count where it is given. */
export function psnr(
  a: Planes,
  b: Planes,
  rect: Rect = { x: 0, y: 0, width: a.width, height: a.height },
): number {
  let sum = 0;
  for (let channel = 0; channel < 3; channel++) {
    for (let y = rect.y; y < rect.y + rect.height; y++) {
      const row = (channel * a.height + y) * a.width;
      for (let x = rect.x; x < rect.x + rect.width; x++)
        sum += (clip(a.data[row + x]!) - clip(b.data[row + x]!)) ** 2;
    }
  }
  return -10 * Math.log10(Math.max(1e-10, sum / (3 * rect.width * rect.height)));
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

/** Mean absolute difference of neighbouring luminances in `rect`: how much structure there is. */
export function edgeEnergy(planes: Planes, rect: Rect): number {
  const light = luminance(planes);
  let sum = 0;
  for (let y = rect.y; y < rect.y + rect.height - 1; y++) {
    for (let x = rect.x; x < rect.x + rect.width - 1; x++) {
      const i = y * planes.width + x;
      sum += Math.abs(light[i + 1]! - light[i]!) + Math.abs(light[i + planes.width]! - light[i]!);
    }
  }
  return sum / ((rect.width - 1) * (rect.height - 1));
}

/** Mean step of luminance across the border of `rect`, which lies inside the planes. */
export function borderStep(planes: Planes, rect: Rect): number {
  const light = luminance(planes);
  const at = (x: number, y: number): number => light[y * planes.width + x]!;
  let sum = 0;
  for (let x = rect.x; x < rect.x + rect.width; x++) {
    sum += Math.abs(at(x, rect.y) - at(x, rect.y - 1));
    sum += Math.abs(at(x, rect.y + rect.height) - at(x, rect.y + rect.height - 1));
  }
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    sum += Math.abs(at(rect.x, y) - at(rect.x - 1, y));
    sum += Math.abs(at(rect.x + rect.width, y) - at(rect.x + rect.width - 1, y));
  }
  return sum / (2 * (rect.width + rect.height));
}

/** How many codes a grid uses as if all were equally frequent: 2 to the entropy of their counts. */
export function perplexity(counts: Float64Array): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let entropy = 0;
  for (const count of counts) if (count > 0) entropy -= (count / total) * Math.log2(count / total);
  return 2 ** entropy;
}

function luminance({ width, height, data }: Planes): Float32Array {
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
