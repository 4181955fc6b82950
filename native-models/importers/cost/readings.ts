import { throwIfAborted } from '../../../core/base/abort.ts';
import { createRng } from '../../../core/base/rng.ts';
import type { Denoiser } from '../../../core/model/denoiser.ts';
import type { PrecisionCost } from '../../../core/model/precisionCost.ts';
import type { Tokenizer } from '../../../core/model/tokenizer.ts';
import type { Planes } from '../../../core/pixels/picture.ts';
import { withHidden } from '../../../core/sampling/noise.ts';
import { createPosterior } from '../../../core/sampling/posterior.ts';
import type { TokenGrid } from '../../../core/tokens/grid.ts';

/** The least probability that counts: a single token says no more than 30 bits. */
const LEAST = 2 ** -30;

/** The least mean squared error that counts, of pixels from 0 to 1: 120 dB. */
const LEAST_ERROR = 1e-12;

/** What a tokenizer makes of some pictures. */
export interface TokenizerReading {
  readonly grids: readonly TokenGrid[];
  readonly decoded: readonly Planes[]; // of its own tokens
  readonly likewise: readonly Planes[]; // of the tokens that another tokenizer made; its own where there is none
}

/**
 * Sends pictures through a tokenizer and back, and decodes the tokens that another one made of them.
 *
 * @param given the other one's tokens; null for none
 * @param onDone told the share that is done, 0 .. 1
 */
export async function readTokenizer(
  tokenizer: Tokenizer,
  pictures: readonly Planes[],
  given: readonly TokenGrid[] | null,
  onDone: (share: number) => void,
  signal?: AbortSignal,
): Promise<TokenizerReading> {
  const grids: TokenGrid[] = [];
  const decoded: Planes[] = [];
  const likewise: Planes[] = [];
  for (const [i, picture] of pictures.entries()) {
    throwIfAborted(signal);
    const { grid } = await tokenizer.encode(picture, signal);
    const own = await tokenizer.decode(grid, signal);
    grids.push(grid);
    decoded.push(own);
    likewise.push(given ? await tokenizer.decode(given[i]!, signal) : own);
    onDone((i + 1) / pictures.length);
  }
  return { grids, decoded, likewise };
}

/**
 * How unlikely the tokens of grids are to a denoiser, bits per token: half of them is missing at random, then the other half,
 * so that each is asked for once. Nothing leads it.
 *
 * @param onDone told the share that is done, 0 .. 1
 */
export async function bitsPerToken(
  denoiser: Denoiser,
  grids: readonly TokenGrid[],
  onDone: (share: number) => void,
  signal?: AbortSignal,
): Promise<number> {
  const posterior = createPosterior(denoiser.codes);
  let [bits, count] = [0, 0];
  for (const [i, { width, height, ids }] of grids.entries()) {
    for (const [j, select] of halvesOf(ids.length).entries()) {
      throwIfAborted(signal);
      const { ids: tokens, timestep } = withHidden(denoiser, ids, select);
      const logits = await denoiser.predict({ batch: 1, width, height, tokens, select, timestep }, signal);
      for (const [row, cell] of select.entries()) {
        posterior.read(logits, row * denoiser.codes);
        bits -= Math.log2(Math.max(LEAST, posterior.probability(ids[cell]!)));
      }
      count += select.length;
      onDone((2 * i + j + 1) / (2 * grids.length));
    }
  }
  return bits / Math.max(1, count);
}

/** The places of a grid in two random halves, always the same. */
function halvesOf(length: number): readonly [Int32Array, Int32Array] {
  const rng = createRng(1);
  const order = Int32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return [order.slice(0, length >> 1).sort(), order.slice(length >> 1).sort()];
}

/** What a tokenizer loses against another, both of which read the same pictures. */
export function tokenizerCost(
  pictures: readonly Planes[],
  published: TokenizerReading,
  now: TokenizerReading,
): PrecisionCost['tokenizer'] {
  const apart = squaredError(published.decoded, now.likewise);
  const ids = published.grids.flatMap((grid, i) =>
    Array.from(grid.ids, (id, cell) => Number(id === now.grids[i]!.ids[cell])),
  );
  return {
    loss: peak(squaredError(pictures, published.decoded)) - peak(squaredError(pictures, now.decoded)),
    likeness: apart === 0 ? null : peak(apart),
    sameCodes: ids.reduce((sum, same) => sum + same, 0) / Math.max(1, ids.length),
  };
}

/** PSNR of pixels from 0 to 1, dB. */
function peak(error: number): number {
  return -10 * Math.log10(Math.max(LEAST_ERROR, error));
}

/** The mean squared difference between pictures as they are shown: what overshoots is clipped. */
function squaredError(ones: readonly Planes[], others: readonly Planes[]): number {
  let [sum, count] = [0, 0];
  for (const [i, { data }] of ones.entries()) {
    const other = others[i]!.data;
    for (let at = 0; at < data.length; at++) sum += (shown(data[at]!) - shown(other[at]!)) ** 2;
    count += data.length;
  }
  return sum / Math.max(1, count);
}

function shown(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}
