import type { Abort } from '../base/abort.ts';
import { fullRect, moveRect, type Rect } from '../base/geometry.ts';
import type { Model } from '../model/model.ts';
import { tiled } from '../model/tiling.ts';
import { pastePatch } from '../pixels/crop.ts';
import type { Mask } from '../pixels/masks/mask.ts';
import type { Picture, PixelPatch } from '../pixels/picture.ts';
import { ledBy } from '../sampling/guidance.ts';
import { withHidden } from '../sampling/noise.ts';
import { createPosterior } from '../sampling/posterior.ts';
import { createPredictCells } from '../sampling/predictions.ts';
import { type FillParams, type FrameToFill, pixelsOf } from './params.ts';
import { prefill } from './prefill.ts';

/** How well the pixels of a fill fit what is around them; less is better. */
export interface Score {
  /** What the model thinks of the fill, read again from its pixels with only its surroundings known: bits per token. */
  readonly surprise: number;
  readonly seam: number; // mean step of luminance at the selection's border, levels of 255
}

/**
 * How much surprise counts beside the seam, each as a share of the candidates' mean. Chosen on 22 pictures whose truth is known
 * (2026-11-29): the first of four was nearer to it than their mean by 5 % in features and 6 % in pixels, of 11 % and 8 % to be had.
 * How unlike the picture's patches the plan is told nothing there.
 */
const SURPRISE = 4;

/** The least probability that counts: a single token says no more than 30 bits. */
const LEAST = 2 ** -30;

/** A frame that was filled, with what its fill was asked for. */
interface Filled {
  readonly model: Model;
  readonly frame: FrameToFill;
  readonly settings: Pick<FillParams, 'prompt'>;
}

/** Scores a fill of a frame. @param hole flat cell indices */
export async function scoreOf(
  { model, frame, settings }: Filled,
  hole: readonly number[],
  patch: PixelPatch,
  signal?: Abort,
): Promise<Score> {
  const { picture, selection } = pixelsOf(frame);
  const shown = { ...picture, data: picture.data.slice() };
  pastePatch(shown, patch);
  const { x, y } = fullRect(picture);
  const filled = moveRect(patch.rect, -x, -y); // in the arrays
  const led = { ...model, denoiser: await ledBy(model, settings.prompt, signal) };
  const surprise = await surpriseOf(led, frame, hole, shown, without(selection, filled), signal);
  return { surprise, seam: seamOf(shown, selection, filled) };
}

/** The mean of several scores, one per frame; null for none. */
export function meanScore(scores: readonly Score[]): Score | null {
  if (scores.length === 0) return null;
  const mean = (key: keyof Score): number =>
    scores.reduce((sum, score) => sum + score[key], 0) / scores.length;
  return { surprise: mean('surprise'), seam: mean('seam') };
}

/** Candidates from the best on, by their scores; as they are where one has none. Of equals the first comes first. */
export function rankingOf(scores: readonly (Score | null)[]): number[] {
  const known = scores.flatMap((score) => score ?? []);
  const mean = meanScore(known);
  const order = [...scores.keys()];
  if (!mean || known.length < scores.length) return order;
  const share = (value: number, of: number): number => (of > 0 ? value / of : 1);
  const values = known.map(
    ({ surprise, seam }) => SURPRISE * share(surprise, mean.surprise) + share(seam, mean.seam),
  );
  return order.sort((a, b) => values[a]! - values[b]! || a - b);
}

/** @param hidden what nobody has filled yet */
async function surpriseOf(
  { tokenizer, denoiser }: Model,
  { plan: { frame } }: FrameToFill,
  hole: readonly number[],
  picture: Picture,
  hidden: Mask,
  signal?: Abort,
): Promise<number> {
  const { rect, columns, rows } = frame;
  const size = { width: columns * tokenizer.downsample, height: rows * tokenizer.downsample }; // model px
  const { grid } = await tiled(tokenizer).encode(prefill(picture, rect, hidden, size), signal);
  const cells = Int32Array.from(hole);
  const { ids, timestep } = withHidden(denoiser, grid.ids, cells);
  const posterior = createPosterior(denoiser.codes);
  let bits = 0;
  await createPredictCells(denoiser, grid, cells)(
    [{ ids, cells }],
    timestep,
    (_ask, logits, offset) => {
      for (let i = 0; i < cells.length; i++) {
        posterior.read(logits, offset + i * denoiser.codes);
        bits -= Math.log2(Math.max(LEAST, posterior.probability(grid.ids[cells[i]!]!)));
      }
    },
    signal,
  );
  return bits / Math.max(1, cells.length);
}

/** A selection without what lies in a rectangle. */
function without(selection: Mask, { x, y, width, height }: Rect): Mask {
  const data = selection.data.slice();
  for (let row = y; row < y + height; row++) {
    const from = row * selection.width + x;
    data.fill(0, from, from + width);
  }
  return { ...selection, data };
}

/** The mean step of luminance between pixels of a rectangle that are selected and their neighbours that are not; 0 without any. */
function seamOf({ width, height, data }: Picture, selection: Mask, rect: Rect): number {
  const light = (i: number): number =>
    0.299 * data[4 * i]! + 0.587 * data[4 * i + 1]! + 0.114 * data[4 * i + 2]!;
  let sum = 0;
  let count = 0;
  const add = (inside: number, x: number, y: number): void => {
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    const beside = y * width + x;
    if (selection.data[beside]! > 0 || data[4 * beside + 3]! < 255) return;
    sum += Math.abs(light(inside) - light(beside));
    count++;
  };
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    for (let x = rect.x; x < rect.x + rect.width; x++) {
      const i = y * width + x;
      if (selection.data[i] === 0) continue;
      add(i, x - 1, y);
      add(i, x + 1, y);
      add(i, x, y - 1);
      add(i, x, y + 1);
    }
  }
  return count > 0 ? sum / count : 0;
}
