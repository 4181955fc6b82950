import type { Level } from './level.ts';

/** The inactive cells (ghosts too) that touch an active one: interpolation reads them. */
export function haloOf({ active, width, height, stride }: Level): Int32Array {
  const halo: number[] = [];
  for (let y = 0; y < height + 2; y++) {
    for (let x = 0; x < width + 2; x++) {
      const i = y * stride + x;
      if (active[i] === 0 && touchesActive(active, i, stride)) halo.push(i);
    }
  }
  return Int32Array.from(halo);
}

function touchesActive(active: Uint8Array, i: number, stride: number): boolean {
  for (let row = i - stride; row <= i + stride; row += stride) {
    if (active[row - 1] === 1 || active[row] === 1 || active[row + 1] === 1) return true;
  }
  return false;
}

/** Continues the active cells into their halo: each becomes the mean of the active cells that it touches. */
export function fillHalo({ u, active, stride }: Level, halo: Int32Array): void {
  for (let k = 0; k < halo.length; k++) {
    const i = halo[k]!;
    let sum = 0;
    let count = 0;
    for (let row = i - stride; row <= i + stride; row += stride) {
      for (let j = row - 1; j <= row + 1; j++) {
        if (active[j] !== 1) continue;
        sum += u[j]!;
        count++;
      }
    }
    u[i] = sum / count;
  }
}

/** Bilinear interpolation of a coarse level and its halo into the active cells of the next finer one. */
export function interpolate(coarse: Level, fine: Level): void {
  const { u, stride, spans, rowSpans } = fine;
  const blended = new Float32Array(coarse.stride);
  for (let y = 0; y < fine.height; y++) {
    if (rowSpans[y] === rowSpans[y + 1]) continue;
    blendRows(coarse, y, blended);
    const row = (y + 1) * stride + 1;
    for (let s = rowSpans[y]!; s < rowSpans[y + 1]!; s += 2) {
      for (let i = spans[s]!; i < spans[s + 1]!; i++) {
        const x = i - row;
        const k = (x >> 1) + 1;
        u[i] = 0.75 * blended[k]! + 0.25 * blended[k - 1 + ((x & 1) << 1)]!;
      }
    }
  }
}

function blendRows({ u, stride }: Level, y: number, blended: Float32Array): void {
  const near = ((y >> 1) + 1) * stride;
  const far = (y & 1) === 1 ? near + stride : near - stride;
  for (let k = 0; k < stride; k++) blended[k] = 0.75 * u[near + k]! + 0.25 * u[far + k]!;
}
