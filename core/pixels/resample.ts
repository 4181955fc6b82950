import type { Size } from '../base/geometry.ts';
import type { Planes } from './picture.ts';
import type { Taps } from './taps.ts';
import { tapsFor } from './taps.ts';

/** Where rows come from: writes source row `y` into `row`, pixels interleaved. */
export type ReadRow = (y: number, row: Float32Array) => void;

/** Where rows go: takes target row `y`, pixels interleaved; the buffer is used again for the next row. */
export type WriteRow = (y: number, row: Float32Array) => void;

/**
 * Separable resampling, one row at a time, so that a photograph is never held as floats: each source row is
 * shortened once and kept in a ring for as long as a target row needs it.
 *
 * @param channels 1, or 4 interleaved
 */
export function resampleRows(
  source: Size,
  target: Size,
  channels: 1 | 4,
  read: ReadRow,
  write: WriteRow,
): void {
  const across = tapsFor(source.width, target.width);
  const down = tapsFor(source.height, target.height);
  const copyAcross = source.width === target.width;
  const length = target.width * channels;
  const sourceRow = new Float32Array(source.width * channels);
  const ring = Array.from({ length: down.most }, () => new Float32Array(length));
  const sum = new Float32Array(length);
  let ready = 0; // source rows below this one are in the ring, or gone
  for (let y = 0; y < target.height; y++) {
    const first = down.start[y]!;
    const end = first + down.count[y]!;
    for (ready = Math.max(ready, first); ready < end; ready++) {
      const slot = ring[ready % down.most]!;
      if (copyAcross) {
        read(ready, slot);
      } else {
        read(ready, sourceRow);
        if (channels === 4) mixRow4(sourceRow, across, slot);
        else mixRow1(sourceRow, across, slot);
      }
    }
    sum.fill(0);
    for (let k = first; k < end; k++) {
      addScaled(sum, ring[k % down.most]!, down.weights[y * down.most + k - first]!);
    }
    write(y, sum);
  }
}

/** Resizes planes: area means where an axis shrinks, Lanczos-3 where it grows, a copy where it stays. */
export function resizePlanes(planes: Planes, width: number, height: number): Planes {
  const data = new Float32Array(3 * width * height);
  const sourceArea = planes.width * planes.height;
  for (let channel = 0; channel < 3; channel++) {
    const from = channel * sourceArea;
    const to = channel * width * height;
    resampleRows(
      planes,
      { width, height },
      1,
      (y, row) => {
        row.set(planes.data.subarray(from + y * planes.width, from + (y + 1) * planes.width));
      },
      (y, row) => {
        data.set(row, to + y * width);
      },
    );
  }
  return { width, height, data };
}

function mixRow1(source: Float32Array, taps: Taps, target: Float32Array): void {
  const { most, start, count, weights } = taps;
  for (let i = 0; i < target.length; i++) {
    const first = start[i]!;
    const n = count[i]!;
    const w = i * most;
    let sum = 0;
    for (let k = 0; k < n; k++) sum += weights[w + k]! * source[first + k]!;
    target[i] = sum;
  }
}

function mixRow4(source: Float32Array, taps: Taps, target: Float32Array): void {
  const { most, start, count, weights } = taps;
  const width = start.length;
  for (let i = 0; i < width; i++) {
    const n = count[i]!;
    const w = i * most;
    let s = start[i]! * 4;
    let c0 = 0;
    let c1 = 0;
    let c2 = 0;
    let c3 = 0;
    for (let k = 0; k < n; k++, s += 4) {
      const weight = weights[w + k]!;
      c0 += weight * source[s]!;
      c1 += weight * source[s + 1]!;
      c2 += weight * source[s + 2]!;
      c3 += weight * source[s + 3]!;
    }
    target[4 * i] = c0;
    target[4 * i + 1] = c1;
    target[4 * i + 2] = c2;
    target[4 * i + 3] = c3;
  }
}

function addScaled(sum: Float32Array, row: Float32Array, weight: number): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += weight * row[i]!;
}
