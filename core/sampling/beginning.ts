import type { Abort } from '../base/abort.ts';
import type { Rng } from '../base/rng.ts';
import type { Denoiser, NoiseProcess } from '../model/denoiser.ts';
import { MASK } from '../tokens/grid.ts';
import type { Kernel } from './kernel.ts';
import { likelihoods } from './likelihoods.ts';
import { processOf, timesteps } from './noise.ts';
import type { FillRequest } from './request.ts';
import { followsProcess } from './transitions.ts';

/**
 * The cells that a fill may change, ascending: the hole without its pins. With a strength below 1 an order that reveals missing
 * tokens changes only that share of them, the least likely given all others.
 */
export async function cellsToFill(
  request: FillRequest,
  denoiser: Denoiser,
  signal?: Abort,
): Promise<Int32Array> {
  const { hole, pins, grid, strength = 1 } = request;
  const pinned = new Set(pins);
  const free = Int32Array.from(hole.filter((cell) => !pinned.has(cell))).sort();
  const count = Math.ceil(strength * free.length);
  if (count === free.length || followsProcess(request, processOf(denoiser))) return free;
  const known = { width: grid.width, height: grid.height, ids: Int32Array.from(grid.ids) };
  const { probabilities } = await likelihoods(known, denoiser, { cells: free, ...(signal && { signal }) });
  return free
    .slice()
    .sort((a, b) => probabilities[a]! - probabilities[b]! || a - b)
    .slice(0, count)
    .sort();
}

/** What a free token is when a fill begins, given what it was. */
export function beginningOf(
  request: FillRequest,
  process: NoiseProcess,
  kernel: Kernel,
  codes: number,
): (id: number, rng: Rng) => number {
  if (!followsProcess(request, process)) return () => MASK;
  const { strength, steps } = request;
  if (strength !== undefined) {
    const first = timesteps(process.steps, steps, strength)[0]!;
    return (id, rng) => kernel.renoise(id, first, rng.uniform());
  }
  return process.kind === 'uniform' ? (_, rng) => rng.below(codes) : () => MASK;
}
