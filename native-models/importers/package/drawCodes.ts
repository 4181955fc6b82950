import { throwIfAborted } from '../../../core/base/abort.ts';
import { createRng } from '../../../core/base/rng.ts';
import type { Manifest } from '../../../core/model/manifest.ts';
import type { Tokenizer } from '../../../core/model/tokenizer.ts';
import type { Planes } from '../../../core/pixels/picture.ts';
import { labOf, LINEAR } from '../../../core/palette/lab.ts';
import { similarOrder } from './similarOrder.ts';

const SIDE = 16; // tokens per side of a frame in which codes are drawn
const MOST_PIXELS = 64 * 256 * 256; // that drawing all codes twice as wide may cost
const CONTRAST = 40; // weight of a code's contrast beside its colour, in units of L* per 0 .. 1

/**
 * The palette of a tokenizer: the mean colour of each code, and an order in which alike ones follow one another. Codes are
 * drawn among others at random, as in pictures: in a field of one code alone the norms of these decoders would see nothing
 * to measure.
 *
 * @param onDone told the share that is done, 0 .. 1
 */
export async function drawPalette(
  tokenizer: Tokenizer,
  onDone: (share: number) => void,
  signal?: AbortSignal,
): Promise<Manifest['palette']> {
  const { codes, downsample } = tokenizer;
  const block = 4 * codes * downsample ** 2 <= MOST_PIXELS ? 2 : 1; // tokens per side that a code gets
  const perRow = SIDE / block;
  const order = shuffled(codes);
  const colors = new Array<string>(codes);
  const points = new Float32Array(codes * 4);
  for (let start = 0; start < codes; start += perRow ** 2) {
    throwIfAborted(signal);
    const ids = new Int32Array(SIDE * SIDE);
    for (let cell = 0; cell < ids.length; cell++) {
      const [x, y] = [cell % SIDE, Math.floor(cell / SIDE)];
      const place = start + Math.floor(y / block) * perRow + Math.floor(x / block);
      ids[cell] = order[place % codes]!;
    }
    const planes = await tokenizer.decode({ width: SIDE, height: SIDE, ids }, signal);
    for (let i = 0; i < perRow ** 2 && start + i < codes; i++) {
      const side = block * downsample;
      const code = order[start + i]!;
      const { mean, contrast } = blockOf(planes, (i % perRow) * side, Math.floor(i / perRow) * side, side);
      colors[code] = hexOf(mean);
      const [red, green, blue] = mean.map((value) => LINEAR[value]!) as [number, number, number];
      points.set([...labOf(red, green, blue), CONTRAST * contrast], code * 4);
    }
    onDone(Math.min(1, (start + perRow ** 2) / codes));
  }
  return { order: similarOrder(points, 4, signal), colors };
}

/** The mean colour of a square, in levels of 0 .. 255, and the standard deviation of its brightness, 0 .. 1. */
function blockOf(
  { width, height, data }: Planes,
  left: number,
  top: number,
  side: number,
): { mean: number[]; contrast: number } {
  const sums = [0, 0, 0];
  let [all, squares] = [0, 0];
  for (let y = top; y < top + side; y++) {
    for (let x = left; x < left + side; x++) {
      let brightness = 0;
      for (let channel = 0; channel < 3; channel++) {
        const value = Math.max(0, Math.min(1, data[(channel * height + y) * width + x]!));
        sums[channel]! += value;
        brightness += value / 3;
      }
      all += brightness;
      squares += brightness * brightness;
    }
  }
  const count = side * side;
  const variance = squares / count - (all / count) ** 2;
  return {
    mean: sums.map((sum) => Math.round((255 * sum) / count)),
    contrast: Math.sqrt(Math.max(0, variance)),
  };
}

function hexOf(levels: readonly number[]): string {
  return `#${levels.map((level) => level.toString(16).padStart(2, '0')).join('')}`;
}

function shuffled(count: number): Int32Array {
  const rng = createRng(1);
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
