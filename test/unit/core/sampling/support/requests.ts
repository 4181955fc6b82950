import type { Denoiser } from '../../../../../core/model/denoiser.ts';
import { fill } from '../../../../../core/sampling/fill.ts';
import type { FillRequest, FillStep } from '../../../../../core/sampling/request.ts';
import { createRng } from '../../../../../core/base/rng.ts';
import { MASK } from '../../../../../core/tokens/grid.ts';

/** A request that fills a whole grid with the plainest settings, and what a test changes of it. */
export function requestFor(width: number, height: number, changes: Partial<FillRequest> = {}): FillRequest {
  const cells = Array.from({ length: width * height }, (_, i) => i);
  return {
    package: { id: 'exact', sha256: '' },
    grid: { width, height, ids: cells.map(() => MASK) },
    hole: cells,
    pins: [],
    seed: 1,
    order: 'raster',
    schedule: 'linear',
    steps: cells.length,
    temperature: 1,
    gumbel: 0,
    filters: {},
    remasking: { kind: 'none' },
    candidates: 1,
    ...changes,
  };
}

export async function stepsOf(request: FillRequest, denoiser: Denoiser): Promise<FillStep[]> {
  const steps: FillStep[] = [];
  for await (const step of fill(request, denoiser, createRng(request.seed))) steps.push(step);
  return steps;
}

/** The finished tokens of every candidate. */
export async function resultsOf(request: FillRequest, denoiser: Denoiser): Promise<Int32Array[]> {
  const steps = await stepsOf(request, denoiser);
  return steps.at(-1)!.candidates.map(({ ids }) => ids);
}
