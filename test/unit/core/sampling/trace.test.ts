import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FillRequest, Remasking } from '../../../../core/sampling/request.ts';
import type { FillStart } from '../../../../core/tokens/fillStart.ts';
import { ORDERS, SCHEDULES } from '../../../../core/sampling/request.ts';
import { createRng } from '../../../../core/base/rng.ts';
import { runFill } from '../../../../core/sampling/runFill.ts';
import { idsAfter, startAfter } from '../../../../core/sampling/trace.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { exactDenoiser, modelOf } from './support/models.ts';
import { requestFor, stepsOf } from './support/requests.ts';

const model = modelOf(3, 2, 3, (ids) =>
  ids.reduce((weight, id, i) => weight * (i > 0 && id === ids[i - 1] ? 3 : 1 + id), 1),
);
const denoiser = exactDenoiser(model);

const remaskings: readonly Remasking[] = [
  { kind: 'none' },
  { kind: 'cap', eta: 0.3 },
  { kind: 'rescale', eta: 0.5 },
  { kind: 'conf', eta: 0.8 },
  { kind: 'loop', eta: 0.4, from: 0.3, to: 0.7 },
];

const requests = fc
  .record({
    order: fc.constantFrom(...ORDERS),
    schedule: fc.constantFrom(...SCHEDULES),
    remasking: fc.constantFrom(...remaskings),
    steps: fc.integer({ min: 2, max: 7 }),
    candidates: fc.integer({ min: 1, max: 3 }),
    gumbel: fc.constantFrom(0, 2),
    temperature: fc.constantFrom(0.7, 1),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    pinned: fc.boolean(),
    isPlanned: fc.boolean(),
  })
  .map(({ pinned, isPlanned, ...rest }): FillRequest => {
    const ids = [2, MASK, MASK, MASK, MASK, pinned ? 1 : MASK];
    const grid = { width: 3, height: 2, ids };
    const planned = Array.from({ length: rest.candidates }, (_, c) => ({
      ids: [c, 2, MASK, 1, 0],
      share: c === 1 ? 1 : 0.5,
    }));
    return requestFor(3, 2, {
      grid,
      hole: [1, 2, 3, 4, 5],
      pins: pinned ? [5] : [],
      ...rest,
      ...(isPlanned && { planned }),
    });
  });

const run = (request: FillRequest) => runFill(request, denoiser, createRng(request.seed));

/** The branch that goes on from one candidate. */
const branchOf = (
  request: FillRequest,
  trace: Awaited<ReturnType<typeof run>>[number]['trace'],
  step: number,
) => ({
  ...request,
  candidates: 1,
  start: JSON.parse(JSON.stringify(startAfter(request, trace, step))) as FillRequest['start'] & object,
});

const withoutRng = ({ step, ids, believed }: FillStart): FillStart => ({ step, ids, believed });

describe('a branch', () => {
  it('repeats the rest of the fill exactly, from any step of any candidate', async () => {
    await fc.assert(
      fc.asyncProperty(requests, fc.nat(), fc.nat(), async (request, which, at) => {
        const results = await run(request);
        const candidate = which % results.length;
        const original = results[candidate]!;
        const steps = original.trace.length;
        fc.pre(steps > 1);
        const step = 1 + (at % (steps - 1));
        const own = request.planned && { planned: [request.planned[candidate]!] };
        const [repeated] = await run(branchOf({ ...request, ...own }, original.trace, step));
        expect(repeated!.grid).toEqual(original.grid);
        expect(repeated!.trace).toEqual(original.trace.slice(step));
      }),
      { numRuns: 300 },
    );
  });

  it('of a branch repeats its rest, and its steps keep their numbers', async () => {
    const request = requestFor(3, 2, { order: 'confidence', gumbel: 2, steps: 6 });
    const [original] = await run(request);
    const first = branchOf(request, original!.trace, 2);
    const [branch] = await run(first);
    const second = branchOf(first, branch!.trace, 4);
    const [again] = await run(second);
    expect(again!.grid).toEqual(original!.grid);
    expect(again!.trace).toEqual(original!.trace.slice(4));
    expect((await stepsOf(second, denoiser)).map(({ step, steps }) => [step, steps])).toEqual([
      [5, 6],
      [6, 6],
    ]);
    expect(idsAfter(second, again!.trace, 5)).toEqual(idsAfter(request, original!.trace, 5));
  });

  it('goes on another way with another seed, each candidate by a stream of its own', async () => {
    const request = requestFor(3, 2, { order: 'raster', steps: 6 });
    const [original] = await run(request);
    const start = withoutRng(startAfter(request, original!.trace, 2));
    const results = await run({ ...request, seed: 99, candidates: 12, start });
    for (const { grid, provenance } of results) {
      expect(grid.ids.slice(0, 2)).toEqual(original!.grid.ids.slice(0, 2));
      expect(provenance[0]).toMatchObject({ kind: 'filled', step: 2 });
    }
    expect(new Set(results.map(({ grid }) => grid.ids.join())).size).toBeGreaterThan(3);
    const [alone] = await run({ ...request, seed: 99, candidates: 1, start });
    expect(alone!.grid).toEqual(results[0]!.grid);
  });

  it('asks once for all candidates before they differ', async () => {
    const own = exactDenoiser(model);
    const request = requestFor(3, 2, { order: 'confidence', gumbel: 2, steps: 6 });
    const [original] = await run(request);
    const start = withoutRng(startAfter(request, original!.trace, 3));
    await stepsOf({ ...request, candidates: 5, start }, own);
    expect(own.calls[0]!.batch).toBe(1);
  });
});

describe('a trace', () => {
  it('gives the tokens after every step', async () => {
    const request = requestFor(3, 2, {
      order: 'random',
      steps: 9,
      remasking: { kind: 'cap', eta: 0.3 },
      candidates: 2,
    });
    const steps = await stepsOf(request, denoiser);
    const results = await run(request);
    results.forEach(({ trace }, c) => {
      expect(idsAfter(request, trace, 0)).toEqual(new Int32Array(6).fill(MASK));
      for (const { step, candidates } of steps) {
        expect(idsAfter(request, trace, step)).toEqual(candidates[c]!.ids);
      }
    });
  });
});
