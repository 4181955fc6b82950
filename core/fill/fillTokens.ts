import type { Preset } from '../sampling/presets.ts';
import { createRng } from '../base/rng.ts';
import { ledBy } from '../sampling/guidance.ts';
import type { Prompt } from '../sampling/request.ts';
import { type FilledGrid, runFill } from '../sampling/runFill.ts';
import type { FillStart } from '../tokens/fillStart.ts';
import { missingCells, type TokenGrid } from '../tokens/grid.ts';
import type { Model } from '../model/model.ts';
import type { Abort } from '../base/abort.ts';

/** What to refill in a grid that stands for itself, without a picture. */
export interface TokenFillJob {
  readonly grid: TokenGrid; // its missing tokens are the hole; pins among the others need nothing done
  readonly sampling: Preset;
  readonly seed: number; // 0 .. 2^32 - 1
  readonly candidates: number;
  readonly first?: number; // the place of the first of them among all of the seed, from 0
  readonly start?: FillStart; // where a branch goes on
  readonly prompt?: Prompt;
}

/** Refills the missing tokens of a grid: the finished grid of each candidate. Throws as `fill` does. */
export async function fillTokens(
  model: Model,
  { grid, sampling, seed, candidates, first = 0, start, prompt }: TokenFillJob,
  {
    signal,
    onStep,
  }: { readonly signal?: Abort; readonly onStep?: (done: number, total: number) => void } = {},
): Promise<FilledGrid[]> {
  const request = {
    package: { id: model.id, sha256: model.sha256 },
    grid: { width: grid.width, height: grid.height, ids: Array.from(grid.ids) },
    hole: Array.from(missingCells(grid)),
    pins: [],
    seed,
    ...sampling,
    candidates,
    ...(first > 0 && { first }),
    ...(prompt && { prompt }),
    ...(start && { start }),
  };
  return runFill(request, await ledBy(model, prompt, signal), createRng(seed), {
    ...(signal ? { signal } : {}),
    onStep: ({ step, steps }) => onStep?.(step, steps),
  });
}
