import type { Abort } from '../base/abort.ts';
import type { TokenGrid } from '../tokens/grid.ts';
import { withHidden } from './noise.ts';
import { createPosterior } from './posterior.ts';
import type { Denoiser } from '../model/denoiser.ts';
import { createPredictCells } from './predictions.ts';

/** For which cells codes are wanted, and what the model is told. */
export interface Question {
  readonly grid: TokenGrid;
  readonly hole: readonly number[]; // cells that the model is not told, besides `cells`
  readonly cells: readonly number[]; // one, or a group that is masked together; at least one
  readonly count: number; // of codes
}

/** The likeliest codes for some cells. */
export interface LikelyCodes {
  readonly codes: readonly { readonly id: number; readonly probability: number }[]; // the likeliest first
  readonly entropy: number; // bits, the mean over the cells
}

/**
 * The codes that the model finds likeliest for some cells, given all tokens outside them and the hole. A code's
 * probability is its mean over the cells, under the model itself; of two alike the lower id comes first.
 *
 * Throws 'limit' for grids smaller than the denoiser takes, and 'aborted'.
 */
export async function likelyCodes(
  { grid, hole, cells, count }: Question,
  denoiser: Denoiser,
  signal?: Abort,
): Promise<LikelyCodes> {
  const { ids, timestep } = withHidden(denoiser, grid.ids, [...hole, ...cells]);
  const asked = Int32Array.from(cells).sort();
  const posterior = createPosterior(denoiser.codes);
  const means = new Float64Array(denoiser.codes);
  let entropy = 0;
  await createPredictCells(denoiser, grid, asked)(
    [{ ids, cells: asked }],
    timestep,
    (_ask, rows, offset) => {
      for (let i = 0; i < asked.length; i++) {
        posterior.read(rows, offset + i * denoiser.codes);
        posterior.addTo(means, 1 / asked.length);
        entropy += posterior.entropy() / asked.length;
      }
    },
    signal,
  );
  const order = Array.from(means.keys()).sort((a, b) => means[b]! - means[a]! || a - b);
  return { codes: order.slice(0, count).map((id) => ({ id, probability: means[id]! })), entropy };
}
