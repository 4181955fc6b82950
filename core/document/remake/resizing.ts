import type { Rect, Size } from '../../base/geometry.ts';
import { lanczosTaps, type Taps } from '../../pixels/taps.ts';
import { readRect } from '../../raster/flat.ts';
import type { Raster } from '../../raster/raster.ts';
import { premultiply, settlePixel } from './premultiplied.ts';
import type { Remaking } from './remaking.ts';

const BAND = 64; // source rows that are read at once, so that shrinking by much takes little room

/** The canvas at another size, px, resampled with Lanczos-3; its upper left corner stays where it is. */
export function resizing(canvas: Rect, { width, height }: Size): Remaking {
  const rect = { x: canvas.x, y: canvas.y, width, height };
  const across = lanczosTaps(canvas.width, width);
  const down = lanczosTaps(canvas.height, height);
  const sourceOf = (part: Rect): Rect => {
    const [left, right] = reach(across, part.x - rect.x, part.width);
    const [top, bottom] = reach(down, part.y - rect.y, part.height);
    return { x: canvas.x + left, y: canvas.y + top, width: right - left, height: bottom - top };
  };
  return {
    rect,
    sourceOf,
    draw(from, part) {
      const source = sourceOf(part);
      const columns = { taps: across, first: part.x - rect.x, from: source.x - canvas.x };
      const rows = { taps: down, first: part.y - rect.y, from: source.y - canvas.y };
      return mixRows(narrow(from, source, part.width, columns), part, rows, from.channels);
    },
    coverage: () => null,
  };
}

/** A stretch of one axis of the result. */
interface Stretch {
  readonly taps: Taps;
  readonly first: number; // px of the result
  readonly from: number; // source px at which what is read begins
}

/** The source px that a stretch of an axis mixes, from and to. */
function reach({ start, count }: Taps, from: number, length: number): [number, number] {
  const last = from + length - 1;
  return [start[from]!, start[last]! + count[last]!];
}

/** The rows of the source, each as wide as the part: [source.height, width, channels]. */
function narrow(from: Raster, source: Rect, width: number, columns: Stretch): Float32Array {
  const { channels } = from;
  const out = new Float32Array(source.height * width * channels);
  for (let begin = 0; begin < source.height; begin += BAND) {
    const height = Math.min(BAND, source.height - begin);
    const band = readRect(from, { ...source, y: source.y + begin, height });
    const values = channels === 4 ? premultiply(band) : Float32Array.from(band);
    for (let y = 0; y < height; y++) {
      const row = values.subarray(y * source.width * channels, (y + 1) * source.width * channels);
      const to = (begin + y) * width * channels;
      mixColumns(row, out.subarray(to, to + width * channels), columns, channels);
    }
  }
  return out;
}

function mixColumns(
  row: Float32Array,
  out: Float32Array,
  { taps, first, from }: Stretch,
  channels: number,
): void {
  for (let o = 0, x = first; o < out.length; x++) {
    const start = (taps.start[x]! - from) * channels;
    const count = taps.count[x]!;
    for (let c = 0; c < channels; c++, o++) {
      let sum = 0;
      for (let k = 0; k < count; k++)
        sum += taps.weights[x * taps.most + k]! * row[start + k * channels + c]!;
      out[o] = sum;
    }
  }
}

function mixRows(
  narrowed: Float32Array,
  part: Rect,
  { taps, first, from }: Stretch,
  channels: number,
): Uint8Array {
  const stride = part.width * channels;
  const out = new Uint8Array(part.height * stride);
  const sum = new Float32Array(stride);
  for (let y = 0; y < part.height; y++) {
    sum.fill(0);
    const start = taps.start[first + y]! - from;
    for (let k = 0; k < taps.count[first + y]!; k++) {
      const weight = taps.weights[(first + y) * taps.most + k]!;
      const at = (start + k) * stride;
      for (let i = 0; i < stride; i++) sum[i]! += weight * narrowed[at + i]!;
    }
    for (let i = 0; i < stride; i += channels) settlePixel(sum, i, out, y * stride + i, channels);
  }
  return out;
}
