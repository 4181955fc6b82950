import type { Rect } from '../../base/geometry.ts';
import type { Mask } from './mask.ts';

/** Larger than any squared distance in a raster, and exact as a float. */
const FAR = 2 ** 40;

/**
 * Squared Euclidean distance, in px, from each pixel to the nearest one marked 1; {@link FAR} or more where there is
 * none. Exact and linear in time: lower envelopes of parabolas, along columns and then along rows (Felzenszwalb &
 * Huttenlocher 2012, Distance Transforms of Sampled Functions). Distances above `limit` px may come out larger than
 * they are, which saves much of the work.
 */
export function squaredDistances(
  marked: Uint8Array,
  width: number,
  height: number,
  limit = Infinity,
): Float64Array {
  const distances = new Float64Array(width * height);
  alongColumns(marked, width, height, Math.min(limit, FAR - 1), distances);
  const envelope = createEnvelope(width);
  for (let y = 0; y < height; y++) envelope(distances.subarray(y * width, (y + 1) * width));
  return distances;
}

/** Distance to the nearest unselected pixel, for the pixels of `rect` (inside the mask); pixels beyond it do not count. */
export function distanceInside(mask: Mask, rect: Rect, limit = Infinity): Float64Array {
  const unselected = new Uint8Array(rect.width * rect.height);
  for (let y = 0; y < rect.height; y++) {
    const from = (rect.y + y) * mask.width + rect.x;
    for (let x = 0; x < rect.width; x++) unselected[y * rect.width + x] = mask.data[from + x] === 0 ? 1 : 0;
  }
  const distances = squaredDistances(unselected, rect.width, rect.height, limit);
  for (let i = 0; i < distances.length; i++) distances[i] = Math.sqrt(distances[i]!);
  return distances;
}

/** Squared vertical distances, row by row so that memory is read in order. */
function alongColumns(
  marked: Uint8Array,
  width: number,
  height: number,
  limit: number,
  distances: Float64Array,
): void {
  const steps = new Float64Array(width).fill(FAR);
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      steps[x] = marked[i] === 1 ? 0 : steps[x]! + 1;
      distances[i] = steps[x]!;
    }
  }
  steps.fill(FAR);
  for (let y = height - 1; y >= 0; y--) {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      steps[x] = marked[i] === 1 ? 0 : steps[x]! + 1;
      const nearest = Math.min(distances[i]!, steps[x]!);
      distances[i] = nearest > limit ? FAR : nearest * nearest;
    }
  }
}

/** The lower envelope of the parabolas (x - q)^2 + row[q], written back into the row. */
function createEnvelope(width: number): (row: Float64Array) => void {
  const roots = new Int32Array(width); // q of each parabola of the envelope
  const starts = new Float64Array(width + 1); // where it begins
  const values = new Float64Array(width);
  return (row) => {
    let last = -1;
    for (let q = 0; q < width; q++) {
      if (row[q]! >= FAR) continue;
      const height = row[q]! + q * q;
      let start = -Infinity;
      while (last >= 0) {
        const root = roots[last]!;
        start = (height - row[root]! - root * root) / (2 * (q - root));
        if (start > starts[last]!) break;
        last--;
        start = -Infinity;
      }
      roots[++last] = q;
      starts[last] = start;
    }
    if (last < 0) return;
    starts[last + 1] = Infinity;
    for (let x = 0, k = 0; x < width; x++) {
      while (starts[k + 1]! < x) k++;
      const root = roots[k]!;
      values[x] = (x - root) * (x - root) + row[root]!;
    }
    row.set(values);
  };
}
