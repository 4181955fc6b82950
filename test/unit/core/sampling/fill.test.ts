import { describe, expect, it } from 'vitest';
import type { Denoiser, WindowBatch } from '../../../../core/model/denoiser.ts';
import { fill } from '../../../../core/sampling/fill.ts';
import type { FillRequest, Remasking } from '../../../../core/sampling/request.ts';
import { ORDERS } from '../../../../core/sampling/request.ts';
import { createRng } from '../../../../core/base/rng.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { P_THRESHOLD, chiSquareP } from './support/chiSquare.ts';
import { exactDenoiser, modelOf } from './support/models.ts';
import { requestFor, resultsOf, stepsOf } from './support/requests.ts';

/** Neighbours in a row like to be equal. */
const chain = modelOf(3, 2, 3, (ids) =>
  ids.reduce((w, id, i) => w * (i > 0 && ids[i - 1] === id ? 3 : 1) * (id === 0 ? 2 : 1), 1),
);

const REMASKINGS: readonly Remasking[] = [
  { kind: 'none' },
  { kind: 'cap', eta: 0.3 },
  { kind: 'rescale', eta: 0.5 },
  { kind: 'conf', eta: 1 },
  { kind: 'loop', eta: 0.1, from: 0.4, to: 0.8 },
];

const settings = ORDERS.flatMap((order) => REMASKINGS.map((remasking) => ({ order, remasking })));

describe('fill', () => {
  describe.each(settings)('$order order, $remasking.kind remasking', (setting) => {
    const request: FillRequest = requestFor(3, 2, {
      ...setting,
      grid: { width: 3, height: 2, ids: [1, MASK, 2, 0, MASK, 1] },
      hole: [4, 1, 3, 5],
      pins: [3],
      gumbel: 2,
      steps: 9,
      candidates: 3,
    });

    it('ends complete, and leaves pins and everything outside the hole alone at every step', async () => {
      const steps = await stepsOf(request, exactDenoiser(chain));
      expect(steps.map(({ step }) => step)).toEqual(steps.map((_, i) => i + 1));
      for (const { candidates } of steps) {
        for (const { ids, changed } of candidates) {
          expect([ids[0], ids[2], ids[3]]).toEqual([1, 2, 0]);
          expect(changed.every((cell) => [1, 4, 5].includes(cell))).toBe(true);
        }
      }
      for (const { ids, missing } of steps.at(-1)!.candidates) {
        expect(missing).toBe(0);
        expect(ids.every((id) => id >= 0 && id < 3)).toBe(true);
      }
    });

    it('says exactly what changed', async () => {
      let before: Int32Array[] = [0, 1, 2].map(() => Int32Array.of(1, MASK, 2, 0, MASK, MASK));
      for (const { candidates } of await stepsOf(request, exactDenoiser(chain))) {
        candidates.forEach(({ ids, changed, probabilities, missing }, c) => {
          const differing = [...ids.keys()].filter((cell) => ids[cell] !== before[c]![cell]);
          expect([...changed].sort()).toEqual(differing);
          expect(missing).toBe(ids.filter((id) => id === MASK).length);
          changed.forEach((cell, i) => {
            if (ids[cell] === MASK) expect(probabilities[i]).toBeNaN();
            else expect(probabilities[i]).toBeGreaterThan(0);
          });
        });
        before = candidates.map(({ ids }) => ids);
      }
    });

    it('gives the same tokens for the same seed, whatever runs beside a candidate', async () => {
      const alone = await resultsOf({ ...request, candidates: 1 }, exactDenoiser(chain));
      const many = await resultsOf({ ...request, candidates: 8 }, exactDenoiser(chain));
      expect(many[0]).toEqual(alone[0]);
    });
  });

  it('stops at the abort, before the denoiser is asked again', async () => {
    const denoiser = exactDenoiser(chain);
    const signal = { aborted: false };
    const steps = fill(requestFor(3, 2), denoiser, createRng(1), signal);
    await steps.next();
    signal.aborted = true;
    await expect(steps.next()).rejects.toMatchObject({ code: 'aborted' });
    expect(denoiser.calls).toHaveLength(1);
  });

  it('gives one step that changes nothing where there is nothing to fill', async () => {
    const grid = { width: 3, height: 2, ids: [0, 1, 2, 0, 1, 2] };
    for (const { order, remasking } of settings) {
      const denoiser = exactDenoiser(chain);
      for (const hole of [[], [4]]) {
        const steps = await stepsOf(requestFor(3, 2, { grid, hole, pins: hole, order, remasking }), denoiser);
        expect(steps).toHaveLength(1);
        expect(steps[0]).toMatchObject({ step: 1, steps: 1, candidates: [{ missing: 0 }] });
        expect([...steps[0]!.candidates[0]!.ids]).toEqual(grid.ids);
        expect(steps[0]!.candidates[0]!.changed).toHaveLength(0);
      }
      expect(denoiser.calls).toHaveLength(0);
    }
  });

  it('gives different candidates, and asks for all of them at once', async () => {
    const denoiser = exactDenoiser(chain);
    const results = await resultsOf(requestFor(3, 2, { candidates: 8, steps: 3 }), denoiser);
    expect(new Set(results.map((ids) => ids.join())).size).toBeGreaterThan(4);
    expect(denoiser.calls.map(({ batch }) => batch)).toEqual([1, 8, 8]);
  });

  it('asks once for all candidates while they are alike', async () => {
    const denoiser = exactDenoiser(chain);
    const request = requestFor(3, 2, { order: 'confidence', gumbel: 2, candidates: 4, steps: 3 });
    const results = await resultsOf(request, denoiser);
    expect(denoiser.calls.map(({ batch }) => batch)).toEqual([1, 4, 4]);
    expect(new Set(results.map((ids) => ids.join())).size).toBeGreaterThan(1);
  });

  it('runs on grids larger than the window, only where the hole is', async () => {
    // Tokens know nothing of one another, so windows agree and the cells follow p = 1/4, 3/4 in spite of averaging.
    const calls: WindowBatch[] = [];
    const denoiser: Denoiser = {
      codes: 2,
      window: { min: 4, max: 8 },
      predict(windows) {
        calls.push(windows);
        const rows = Array.from(windows.select, () => [Math.log(1), Math.log(3)]);
        return Promise.resolve(Float32Array.from(rows.flat()));
      },
    };
    const ids = new Array<number>(30 * 20).fill(0);
    const hole = Array.from({ length: 64 }, (_, i) => (i >> 3) * 30 + (i & 7) + 4);
    const request = requestFor(30, 20, {
      grid: { width: 30, height: 20, ids },
      hole,
      candidates: 32,
      steps: 4,
    });
    const results = await resultsOf({ ...request, order: 'confidence', gumbel: 1e8 }, denoiser);
    const ones = results.reduce((sum, result) => sum + hole.filter((cell) => result[cell] === 1).length, 0);
    expect(chiSquareP([32 * 64 - ones, ones], [1 / 4, 3 / 4])).toBeGreaterThan(P_THRESHOLD);
    expect(calls.every(({ batch, width, height }) => batch <= 8 && width === 8 && height === 8)).toBe(true);
    // The hole spans columns 4-11 and rows 0-7: two windows across (from 2 and 6) and two down (from 0 and 2).
    expect(calls[0]!.batch).toBe(4);
  });

  it('denoises only the chosen cells of position-based orders, and spares the denoiser a step that reveals none', async () => {
    const halton = exactDenoiser(chain);
    await stepsOf(requestFor(3, 2, { order: 'halton', steps: 3 }), halton);
    expect(halton.calls.map(({ select }) => select.length)).toEqual([2, 2, 2]);
    const random = exactDenoiser(chain);
    const steps = await stepsOf(requestFor(3, 2, { order: 'random', steps: 200 }), random);
    expect(steps).toHaveLength(200);
    expect(random.calls.length).toBeLessThanOrEqual(6);
  });

  it('says what is wrong with a request before anything runs', async () => {
    const denoiser = exactDenoiser(chain);
    await expect(stepsOf(requestFor(3, 2, { steps: 0 }), denoiser)).rejects.toMatchObject({ code: 'usage' });
    const fussy = { ...denoiser, window: { min: 3, max: 8 } };
    await expect(stepsOf(requestFor(3, 2), fussy)).rejects.toMatchObject({ code: 'limit' });
    expect(denoiser.calls).toHaveLength(0);
  });
});
