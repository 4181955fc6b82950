import type { Mask } from '../pixels/masks/mask.ts';

/**
 * Blurs a mask: three boxes one after the other, which comes close to a Gaussian of a third of `radius` and reaches
 * `radius` px exactly. Beyond the mask its outermost pixels go on.
 *
 * @param radius px, whole
 */
export function blur({ width, height, data }: Mask, radius: number): Mask {
  const radii = [Math.floor((radius + 2) / 3), Math.floor((radius + 1) / 3), Math.floor(radius / 3)];
  const rows = blurRows(data, width, height, radii);
  const sums = blurRows(rows, height, width, radii);
  const weight = radii.reduce((product, r) => product * (2 * r + 1), 1) ** 2;
  const blurred = new Uint8Array(sums.length);
  for (let i = 0; i < blurred.length; i++) blurred[i] = sums[i]! / weight + 0.5;
  return { width, height, data: blurred };
}

/** Blurs along rows and turns rows into columns; sums, so that whole numbers stay exact. */
function blurRows(
  source: Uint8Array | Float64Array,
  width: number,
  height: number,
  radii: readonly number[],
): Float64Array {
  const turned = new Float64Array(width * height);
  let row = new Float64Array(width);
  let next = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    row.set(source.subarray(y * width, (y + 1) * width));
    for (const radius of radii) {
      if (radius === 0) continue;
      sumBox(row, next, radius);
      [row, next] = [next, row];
    }
    for (let x = 0, i = y; x < width; x++, i += height) turned[i] = row[x]!;
  }
  return turned;
}

/** The sum of the 2 * radius + 1 values around each. */
function sumBox(values: Float64Array, sums: Float64Array, radius: number): void {
  const last = values.length - 1;
  let sum = values[0]! * radius;
  for (let i = 0; i <= radius; i++) sum += values[Math.min(i, last)]!;
  sums[0] = sum;
  for (let i = 1; i <= last; i++) {
    sum += values[Math.min(i + radius, last)]! - values[Math.max(i - radius - 1, 0)]!;
    sums[i] = sum;
  }
}
