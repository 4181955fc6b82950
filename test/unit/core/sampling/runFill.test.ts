import { describe, expect, it } from 'vitest';
import { createRng } from '../../../../core/base/rng.ts';
import { runFill } from '../../../../core/sampling/runFill.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { exactDenoiser, modelOf } from './support/models.ts';
import { requestFor, stepsOf } from './support/requests.ts';

const model = modelOf(2, 2, 3, ([a, b, c, d]) => 1 + Number(a === b) + 3 * Number(c === d));

describe('runFill', () => {
  const request = requestFor(2, 2, {
    grid: { width: 2, height: 2, ids: [1, MASK, 2, MASK] },
    hole: [1, 2, 3],
    pins: [2],
    candidates: 2,
    order: 'random',
    steps: 30,
    remasking: { kind: 'cap', eta: 0.2 },
  });

  it('gives the final grids and how each token came to be', async () => {
    const denoiser = exactDenoiser(model);
    const results = await runFill(request, denoiser, createRng(request.seed));
    const steps = await stepsOf(request, denoiser);
    results.forEach(({ grid, provenance }, c) => {
      expect(grid).toEqual({ width: 2, height: 2, ids: steps.at(-1)!.candidates[c]!.ids });
      expect([provenance[0], provenance[2]]).toEqual([{ kind: 'encoded' }, { kind: 'pinned' }]);
      for (const cell of [1, 3]) {
        const last = steps.findLast(({ candidates }) => candidates[c]!.changed.includes(cell))!;
        const { changed, probabilities } = last.candidates[c]!;
        const probability = probabilities[changed.indexOf(cell)]!;
        expect(provenance[cell]).toEqual({ kind: 'filled', step: last.step, probability });
      }
    });
  });

  it('tells each step, and passes the abort on', async () => {
    const denoiser = exactDenoiser(model);
    const signal = { aborted: false };
    const seen: number[] = [];
    const running = runFill(request, denoiser, createRng(1), {
      signal,
      onStep({ step }) {
        seen.push(step);
        signal.aborted = step === 3;
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    expect(seen).toEqual([1, 2, 3]);
  });
});
