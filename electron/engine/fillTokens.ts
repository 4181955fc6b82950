import { fill } from '../../core/sampling/fill.ts';
import type { Preset } from '../../core/sampling/presets.ts';
import { createRng } from '../../core/sampling/rng.ts';
import { MASK, type TokenGrid } from '../../core/tokens/grid.ts';
import type { LoadedPackage } from '../../native-models/runtime/loadPackage.ts';
import type { JobControl } from './fillJob.ts';

/** What to refill in a grid that stands for itself, without a picture. */
export interface TokenFillJob {
  readonly grid: TokenGrid; // its missing tokens are the hole; pins among the others need nothing done
  readonly sampling: Preset;
  readonly seed: number; // 0 .. 2^32 - 1
  readonly candidates: number;
}

/** Refills the missing tokens of a grid and returns one grid per candidate. Throws as {@link fill} does. */
export async function fillTokens(
  model: LoadedPackage,
  { grid, sampling, seed, candidates }: TokenFillJob,
  control: Pick<JobControl, 'signal' | 'onProgress'> = {},
): Promise<TokenGrid[]> {
  const { width, height } = grid;
  const ids = Array.from(grid.ids);
  const request = {
    package: { id: model.id, sha256: model.sha256 },
    grid: { width, height, ids },
    hole: ids.flatMap((id, cell) => (id === MASK ? [cell] : [])),
    pins: [],
    seed,
    ...sampling,
    candidates,
  };
  let grids: TokenGrid[] = [];
  for await (const step of fill(request, model.denoiser, createRng(seed), control.signal)) {
    control.onProgress?.({ phase: 'steps', done: step.step, total: step.steps });
    grids = step.candidates.map((candidate) => ({ width, height, ids: candidate.ids }));
  }
  return grids;
}
