import { describe, expect, it } from 'vitest';
import type { Denoiser, NoiseProcess } from '../../../../core/model/denoiser.ts';
import { timesteps } from '../../../../core/sampling/noise.ts';
import type { FillRequest } from '../../../../core/sampling/request.ts';
import { idsAfter } from '../../../../core/sampling/trace.ts';
import { runFill } from '../../../../core/sampling/runFill.ts';
import { createRng } from '../../../../core/base/rng.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { P_THRESHOLD, chiSquareP, totalVariation } from './support/chiSquare.ts';
import { exactDenoiser, idsOf, modelOf, stateOf } from './support/models.ts';
import { noised, noisyDenoiser, noisyLaw } from './support/noisyChain.ts';
import { requestFor, resultsOf, stepsOf } from './support/requests.ts';

// As in distribution.test.ts: the denoiser is perfect, here for tokens that are noise, so the law is known exactly.

const ising = modelOf(2, 2, 2, ([a, b, c, d]) => {
  const agree = Number(a === b) + Number(c === d) + Number(a === c) + Number(b === d);
  return Math.exp(0.7 * agree - 0.3 * (a! + b! + c! + d!));
});

const REPLACING: NoiseProcess = {
  kind: 'mask-and-replace',
  steps: 20,
  levels: { alpha: [0.97, 0.001], gamma: [0.01, 0.6] },
};
const PUBLISHED: NoiseProcess = { kind: 'mask-and-replace', steps: 20 };
const UNIFORM: NoiseProcess = { kind: 'uniform', steps: 20 };
const MISSING = [0, 0, 1];
const NOISE = [1 / 2, 1 / 2, 0];

const FILLS = 2048;

async function countsOf(denoiser: Denoiser, changes: Partial<FillRequest>): Promise<Int32Array> {
  const counts = new Int32Array(ising.joint.length);
  for (let seed = 0; seed < FILLS / 64; seed++) {
    const request = requestFor(2, 2, { order: 'ancestral', ...changes, seed, candidates: 64 });
    for (const ids of await resultsOf(request, denoiser)) counts[stateOf(ids, 2)]!++;
  }
  return counts;
}

describe('the ancestral order follows the law of its process', () => {
  it.each([
    ['mask-and-replace, every step', REPLACING, 20, MISSING],
    ['mask-and-replace, in strides', REPLACING, 7, MISSING],
    ['mask-and-replace with the published levels', PUBLISHED, 11, MISSING],
    ['uniform, every step', UNIFORM, 20, NOISE],
    ['uniform, in strides', UNIFORM, 6, NOISE],
  ] as const)('%s', async (_, process, steps, begin) => {
    const law = noisyLaw(ising, process, timesteps(process.steps, steps, 1), () => begin);
    expect(chiSquareP(await countsOf(noisyDenoiser(ising, process), { steps }), law)).toBeGreaterThan(
      P_THRESHOLD,
    );
  });

  it('and that law is near the joint once steps are many', () => {
    for (const [process, begin] of [
      [{ ...REPLACING, steps: 60 }, MISSING],
      [{ ...UNIFORM, steps: 60 }, NOISE],
    ] as const) {
      const lawIn = (steps: number): Float64Array =>
        noisyLaw(ising, process, timesteps(60, steps, 1), () => begin);
      expect(totalVariation(lawIn(60), ising.joint)).toBeLessThan(0.01);
      expect(totalVariation(lawIn(3), ising.joint)).toBeGreaterThan(0.03);
    }
  });

  it('of an absorbing process, it is the random order', async () => {
    const denoiser = exactDenoiser(ising);
    const one = await resultsOf(requestFor(2, 2, { order: 'ancestral', schedule: 'cosine' }), denoiser);
    expect(one).toEqual(await resultsOf(requestFor(2, 2, { order: 'random' }), denoiser));
  });

  it('holds the tokens outside the hole and the pins, as known', async () => {
    const denoiser = noisyDenoiser(ising, REPLACING, new Set([0, 2]));
    const grid = { width: 2, height: 2, ids: [1, MASK, 0, MASK] };
    const counts = await countsOf(denoiser, { grid, hole: [1, 2, 3], pins: [2], steps: 20 });
    const law = ising.joint.map((weight, state) => {
      const ids = idsOf(state, 4, 2);
      return ids[0] === 1 && ids[2] === 0 ? weight : 0;
    });
    const total = law.reduce((sum, weight) => sum + weight, 0);
    law.forEach((weight, state) => {
      expect(counts[state]! / FILLS).toBeCloseTo(weight / total, 1);
      if (weight === 0) expect(counts[state]).toBe(0);
    });
  });

  it('ends purity sampling of a process that replaces tokens, so that none is final before', async () => {
    const steps = await stepsOf(
      requestFor(2, 2, { order: 'purity', schedule: 'purity', steps: 4, candidates: 32 }),
      noisyDenoiser(ising, { ...REPLACING, steps: 4 }),
    );
    const last = steps.at(-1)!.candidates;
    expect(last.every(({ missing }) => missing === 0)).toBe(true);
    expect(last.some(({ changed }) => changed.length > 1)).toBe(true);
  });
});

describe('a strength below 1', () => {
  const grid = { width: 2, height: 2, ids: [0, 1, 1, 0] };

  it.each([
    ['mask-and-replace', REPLACING],
    ['uniform', UNIFORM],
  ] as const)('begins %s with tokens that are noised as far', async (_, process) => {
    const times = timesteps(process.steps, 5, 0.5);
    const law = noisyLaw(ising, process, times, (cell) => noised(process, 2, grid.ids[cell]!, times[0]!));
    const counts = await countsOf(noisyDenoiser(ising, process), { grid, strength: 0.5, steps: 5 });
    expect(chiSquareP(counts, law)).toBeGreaterThan(P_THRESHOLD);
  });

  it('of an absorbing process masks that share of the hole, the least likely tokens first', async () => {
    // The odd one out among equals is the least likely.
    const tokens = { width: 2, height: 2, ids: [0, 0, 1, 0] };
    for (const [strength, changeable] of [
      [0.25, [2]],
      [1, [0, 1, 2, 3]],
    ] as const) {
      const seen = new Set<number>();
      for (let seed = 0; seed < 40; seed++) {
        const request = requestFor(2, 2, { grid: tokens, strength, order: 'halton', steps: 4, seed });
        const [ids] = await resultsOf(request, exactDenoiser(ising));
        ids!.forEach((id, cell) => {
          if (id !== tokens.ids[cell]) seen.add(cell);
        });
      }
      expect([...seen].sort()).toEqual(changeable);
    }
  });

  it('leaves a trace that leads from what was there to what came of it', async () => {
    for (const process of [REPLACING, UNIFORM, null]) {
      const denoiser = process ? noisyDenoiser(ising, process) : exactDenoiser(ising);
      const request = requestFor(2, 2, { grid, strength: 0.7, order: 'ancestral', steps: 6, seed: 5 });
      const [filled] = await runFill(request, denoiser, createRng(5));
      expect(idsAfter(request, filled!.trace, 0)).toEqual(Int32Array.from(grid.ids));
      expect(idsAfter(request, filled!.trace, 6)).toEqual(filled!.grid.ids);
    }
  });
});

describe('a request that a process cannot follow', () => {
  it('is refused in a sentence', async () => {
    await expect(resultsOf(requestFor(2, 2), noisyDenoiser(ising, UNIFORM))).rejects.toThrow(
      'This model has no missing tokens, so its order is "ancestral", not "raster".',
    );
    const remasking = { kind: 'cap', eta: 0.1 } as const;
    await expect(
      resultsOf(requestFor(2, 2, { order: 'ancestral', remasking }), noisyDenoiser(ising, REPLACING)),
    ).rejects.toThrow('The ancestral order of this model decides by itself what is masked again.');
    await expect(resultsOf(requestFor(2, 2, { strength: 0.5 }), exactDenoiser(ising))).rejects.toThrow(
      'The token at cell 0 is missing, so it cannot be the beginning of a repair.',
    );
  });
});
