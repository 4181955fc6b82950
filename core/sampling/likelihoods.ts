import type { Abort } from '../base/abort.ts';
import { MASK, type TokenGrid } from '../tokens/grid.ts';
import { createPosterior } from './posterior.ts';
import type { Denoiser } from '../model/denoiser.ts';
import { withHidden } from './noise.ts';
import { createPredictCells } from './predictions.ts';

/** Cells that are masked together lie this many apart, across and down. */
const STRIDE = 3;

/** How many passes over the grid {@link likelihoods} makes. */
export const PASSES = STRIDE * STRIDE;

/**
 * What the model thinks of each token of a grid given all others: pseudo-likelihood (Besag 1975, Statistical Analysis of
 * Non-Lattice Data), by masking as for masked language models (Salazar et al. 2020, arXiv 1910.14659). One token at a
 * time would take a pass for each, so those of a lattice of stride 3 are masked together: each still has its eight
 * neighbours, and the grid takes nine passes. Probabilities and entropies are the model's own, at temperature 1.
 *
 * A missing token has no probability (NaN), but an entropy. `onPass` is told how many passes are done and is waited for.
 * Throws 'limit' for grids smaller than the denoiser takes, and 'aborted'.
 */
export async function likelihoods(
  grid: TokenGrid,
  denoiser: Denoiser,
  options: {
    readonly signal?: Abort;
    readonly onPass?: (done: number) => void | Promise<void>;
    readonly cells?: Int32Array; // flat indices, ascending, of which alone it is asked; all where left out
  } = {},
): Promise<Likelihoods> {
  const probabilities = new Float32Array(grid.ids.length).fill(NaN);
  const entropies = new Float32Array(grid.ids.length);
  const posterior = createPosterior(denoiser.codes);
  const asked = options.cells ?? Int32Array.from(grid.ids.keys());
  const predictCells = createPredictCells(denoiser, grid, asked);

  for (let pass = 0; pass < PASSES; pass++) {
    const cells = asked.filter((cell) => latticeOf(cell, grid) === pass);
    const { ids, timestep } = withHidden(denoiser, grid.ids, cells);
    await predictCells(
      [{ ids, cells }],
      timestep,
      (_ask, rows, offset) => {
        for (let i = 0; i < cells.length; i++) {
          const cell = cells[i]!;
          posterior.read(rows, offset + i * denoiser.codes);
          if (grid.ids[cell] !== MASK) probabilities[cell] = posterior.probability(grid.ids[cell]!);
          entropies[cell] = posterior.entropy();
        }
      },
      options.signal,
    );
    await options.onPass?.(pass + 1);
  }
  return { probabilities, entropies };
}

/** Which of the lattices that together cover a grid a cell lies on. */
function latticeOf(cell: number, { width }: TokenGrid): number {
  return (Math.floor(cell / width) % STRIDE) * STRIDE + ((cell % width) % STRIDE);
}

export interface Likelihoods {
  readonly probabilities: Float32Array; // [height * width] of the token that is there, given all others
  readonly entropies: Float32Array; // [height * width] bits
}
