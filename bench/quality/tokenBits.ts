import type { Denoiser } from '../../core/model/denoiser.ts';
import { createRng } from '../../core/base/rng.ts';
import { MASK, type TokenGrid } from '../../core/tokens/grid.ts';

/**
 * Bits per masked token: the mean of -log2 p(truth) where a share of each grid's tokens, drawn at random, is masked.
 * Grids must fit one window.
 */
export async function bitsPerToken(
  denoiser: Denoiser,
  grids: readonly TokenGrid[],
  masked: number,
  seed: number,
): Promise<number> {
  const rng = createRng(seed);
  let bits = 0;
  let count = 0;
  for (const { width, height, ids } of grids) {
    const chosen = ids.map((_, cell) => (rng.uniform() < masked ? cell : -1)).filter((cell) => cell >= 0);
    if (chosen.length === 0) continue;
    const tokens = ids.slice();
    for (const cell of chosen) tokens[cell] = MASK;
    const logits = await denoiser.predict({ batch: 1, width, height, tokens, select: chosen });
    chosen.forEach((cell, row) => {
      const offset = row * denoiser.codes;
      bits += surprise(logits.subarray(offset, offset + denoiser.codes), ids[cell]!);
    });
    count += chosen.length;
  }
  return bits / count;
}

/** -log2 of the softmax of `logits` at `id`. */
function surprise(logits: Float32Array, id: number): number {
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - most), 0);
  return (Math.log(sum) + most - logits[id]!) / Math.LN2;
}
