import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ORDERS, type Remasking } from '../../../../core/sampling/request.ts';
import { createRng } from '../../../../core/base/rng.ts';
import { runFill } from '../../../../core/sampling/runFill.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { exactDenoiser, modelOf } from './support/models.ts';
import { requestFor, stepsOf } from './support/requests.ts';

// Neighbours like to be equal.
const model = modelOf(3, 2, 3, (ids) =>
  ids.reduce((weight, id, i) => weight * (i > 0 && id === ids[i - 1] ? 3 : 1), 1),
);
const denoiser = exactDenoiser(model);

describe('a fill with planned tokens', () => {
  it('takes their share of the hole in its first step, and draws the rest', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ORDERS),
        fc.integer({ min: 2, max: 6 }),
        fc.nat(1000),
        fc.array(fc.integer({ min: MASK, max: 2 }), { minLength: 12, maxLength: 12 }),
        async (order, steps, seed, tokens) => {
          const coarse = [tokens.slice(0, 6), tokens.slice(6)];
          const planned = coarse.map((ids) => ({ ids, share: 0.5 }));
          const request = requestFor(3, 2, { order, steps, seed, gumbel: 1, candidates: 2, planned });
          const results = await runFill(request, denoiser, createRng(seed));
          results.forEach(({ grid, trace }, c) => {
            const able = coarse[c]!.filter((id) => id !== MASK).length;
            const [{ changed, ids }] = trace as [(typeof trace)[number]];
            expect(changed).toHaveLength(Math.min(3, able));
            expect(Array.from(ids)).toEqual(Array.from(changed, (cell) => coarse[c]![cell]));
            expect(Array.from(changed, (cell) => grid.ids[cell])).toEqual(Array.from(ids));
            expect(grid.ids).not.toContain(MASK);
          });
        },
      ),
      { numRuns: 80 },
    );
  });

  it('says what the model thinks of what it takes', async () => {
    const [first] = await stepsOf(
      requestFor(3, 2, { planned: [{ ids: [2, 2, 2, 2, 2, 2], share: 0.5 }] }),
      denoiser,
    );
    for (const probability of first!.candidates[0]!.probabilities) expect(probability).toBeCloseTo(1 / 3, 5);
  });

  it('spreads what it takes over the hole, and begins elsewhere for each candidate', async () => {
    const width = 16;
    const cells = Array.from({ length: width * width }, (_, cell) => cell);
    const even = { codes: 2, window: { min: 4, max: 16 } };
    const flat = {
      ...even,
      predict: ({ select }: { readonly select: Int32Array }) =>
        Promise.resolve(new Float32Array(2 * select.length)),
    };
    const plan = { ids: cells.map(() => 1), share: 0.5 };
    const request = requestFor(width, width, { steps: 4, candidates: 2, planned: [plan, plan] });
    const [first] = await stepsOf(request, flat);
    const taken = first!.candidates.map(({ changed }) => new Set(changed));
    expect(taken[0]).not.toEqual(taken[1]);
    for (const set of taken) {
      expect(set.size).toBe(128);
      for (let block = 0; block < 16; block++) {
        const [left, top] = [4 * (block % 4), 4 * Math.floor(block / 4)];
        const inside = [...set].filter((cell) => {
          const [x, y] = [(cell % width) - left, Math.floor(cell / width) - top];
          return x >= 0 && x < 4 && y >= 0 && y < 4;
        });
        expect(inside.length).toBeGreaterThanOrEqual(4);
        expect(inside.length).toBeLessThanOrEqual(12);
      }
    }
  });

  it('stays where all of the hole is planned, also in an order that masks again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ORDERS),
        fc.integer({ min: 2, max: 6 }),
        fc.nat(1000),
        fc.array(fc.nat(2), { minLength: 6, maxLength: 6 }),
        async (order, steps, seed, ids) => {
          const remasking: Remasking = order === 'ancestral' ? { kind: 'none' } : { kind: 'cap', eta: 0.5 };
          const planned = [{ ids, share: 1 }, null];
          const request = requestFor(3, 2, {
            order,
            steps,
            seed,
            remasking,
            candidates: 2,
            planned,
          } as const);
          const [whole, free] = await runFill(request, denoiser, createRng(seed));
          expect(Array.from(whole!.grid.ids)).toEqual(ids);
          expect(whole!.trace.slice(1).every(({ changed }) => changed.length === 0)).toBe(true);
          const alone = requestFor(3, 2, { order, steps, seed, remasking, candidates: 2 });
          expect(free!.grid).toEqual((await runFill(alone, denoiser, createRng(seed)))[1]!.grid);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps pins, and needs two steps', async () => {
    const ids = [0, ...Array.from({ length: 5 }, () => MASK)];
    const planned = [{ ids: [1, 1, 1, 1, 1, 1], share: 0.5 }];
    const request = requestFor(3, 2, { grid: { width: 3, height: 2, ids }, pins: [0], steps: 4, planned });
    const [first] = await stepsOf(request, denoiser);
    expect(first!.candidates[0]!.ids[0]).toBe(0);
    expect(first!.candidates[0]!.changed).toHaveLength(2);

    const once = { ...request, steps: 1, temperature: 0 };
    const [only, ...more] = await stepsOf(once, denoiser);
    expect(more).toEqual([]);
    const other = [{ ids: once.hole.map(() => 2), share: 0.5 }];
    expect(only).toEqual((await stepsOf({ ...once, planned: other }, denoiser))[0]);
  });

  it.each([
    [[], 'Tokens are planned for 0 candidates, not 1.'],
    [[{ ids: [1], share: 0.5 }], 'One token is planned for each of the 6 cells of the hole, not 1.'],
    [[{ ids: [0, 1, 2, 3, 0, 0], share: 1 }], 'The token 3 is planned; this model has the codes 0 to 2.'],
    [[{ ids: [0, 1, 2, 0, 0, 0], share: 0 }], 'The share of planned tokens is above 0 and at most 1, not 0.'],
  ])('refuses %j', async (planned, message) => {
    await expect(stepsOf(requestFor(3, 2, { planned }), denoiser)).rejects.toThrow(message);
  });
});
