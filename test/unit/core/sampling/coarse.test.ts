import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { PRESETS } from '../../../../core/sampling/presets.ts';
import { ORDERS } from '../../../../core/sampling/request.ts';
import { createRng } from '../../../../core/base/rng.ts';
import { runFill } from '../../../../core/sampling/runFill.ts';
import { coarsePreset } from '../../../../core/sampling/coarse.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { exactDenoiser, modelOf } from './support/models.ts';
import { requestFor, stepsOf } from './support/requests.ts';

// Neighbours like to be equal.
const model = modelOf(3, 2, 3, (ids) =>
  ids.reduce((weight, id, i) => weight * (i > 0 && id === ids[i - 1] ? 3 : 1), 1),
);
const denoiser = exactDenoiser(model);

describe('a fill after a coarse pass', () => {
  it('takes half of the hole from them in its first step, and draws the rest', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ORDERS),
        fc.integer({ min: 2, max: 6 }),
        fc.nat(1000),
        fc.array(fc.integer({ min: MASK, max: 2 }), { minLength: 12, maxLength: 12 }),
        async (order, steps, seed, tokens) => {
          const coarse = [tokens.slice(0, 6), tokens.slice(6)];
          const request = requestFor(3, 2, { order, steps, seed, gumbel: 1, candidates: 2, coarse });
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
    const [first] = await stepsOf(requestFor(3, 2, { coarse: [[2, 2, 2, 2, 2, 2]] }), denoiser);
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
    const coarse = [cells.map(() => 1), cells.map(() => 1)];
    const request = requestFor(width, width, { steps: 4, candidates: 2, coarse });
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

  it('keeps pins, and needs two steps', async () => {
    const ids = [0, ...Array.from({ length: 5 }, () => MASK)];
    const coarse = [[1, 1, 1, 1, 1, 1]];
    const request = requestFor(3, 2, { grid: { width: 3, height: 2, ids }, pins: [0], steps: 4, coarse });
    const [first] = await stepsOf(request, denoiser);
    expect(first!.candidates[0]!.ids[0]).toBe(0);
    expect(first!.candidates[0]!.changed).toHaveLength(2);

    const once = { ...request, steps: 1, temperature: 0 };
    const [only, ...more] = await stepsOf(once, denoiser);
    expect(more).toEqual([]);
    expect(only).toEqual((await stepsOf({ ...once, coarse: [once.hole.map(() => 2)] }, denoiser))[0]);
  });

  it.each([
    [{ coarse: [] }, 'There are coarse tokens for 0 candidates, not 1.'],
    [{ coarse: [[1]] }, 'The coarse tokens have one for each of the 6 cells of the hole, not 1.'],
    [{ coarse: [[0, 1, 2, 3, 0, 0]] }, 'The coarse tokens have the id 3; this model has the codes 0 to 2.'],
  ])('refuses %j', async (changes, message) => {
    await expect(stepsOf(requestFor(3, 2, changes), denoiser)).rejects.toThrow(message);
  });
});

test.each(Object.entries(PRESETS))(
  'the coarse pass of %s is cooler, and otherwise drawn alike',
  (_, preset) => {
    const { temperature, ...rest } = coarsePreset(preset);
    expect(temperature).toBeGreaterThan(0);
    expect(temperature).toBeLessThan(preset.temperature);
    expect({ ...rest, temperature: preset.temperature }).toEqual(preset);
    expect(coarsePreset({ ...preset, temperature: 0 }).temperature).toBe(0);
  },
);
