import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDrawer, drawAll, drawMostConfident } from '../../../../core/sampling/draw.ts';
import type { TokenFilters } from '../../../../core/sampling/request.ts';
import type { ConfidenceOrder } from '../../../../core/sampling/orders.ts';
import { createRng } from '../../../../core/base/rng.ts';
import { MASK } from '../../../../core/tokens/grid.ts';

describe('createDrawer', () => {
  const drawOnce = (
    logits: readonly number[],
    temperature = 1,
    filters: TokenFilters = {},
    seed = 1,
  ): { id: number; probability: number; peak: number } => {
    const drawer = createDrawer(logits.length, temperature, filters);
    const peak = drawer.read(Float32Array.from(logits), 0);
    const id = drawer.draw(createRng(seed).uniform());
    return { id, probability: drawer.confidence(id), peak };
  };

  it('tells probabilities of the model, whatever temperature and filters it draws with', () => {
    const logits = [Math.log(1), Math.log(5), Math.log(4)];
    for (const [temperature, filters] of [
      [1, {}],
      [0.3, { topK: 2 }],
      [4, { topP: 0.8, truncation: 0.7 }],
      [0, {}],
    ] as const) {
      for (let seed = 0; seed < 8; seed++) {
        const { id, probability, peak } = drawOnce(logits, temperature, filters, seed);
        expect(probability).toBeCloseTo([0.1, 0.5, 0.4][id]!, 6);
        expect(peak).toBeCloseTo(0.5, 6);
      }
    }
  });

  it('draws a code of positive probability from any finite logits', () => {
    const logit = fc.float({ min: -200, max: 200, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(logit, { minLength: 1, maxLength: 40 }),
        fc.double({ min: 0.01, max: 10, noNaN: true }),
        fc.record(
          {
            topK: fc.integer({ min: 1, max: 50 }),
            topP: fc.double({ min: 1e-9, max: 1, noNaN: true }),
            truncation: fc.double({ min: 1e-9, max: 1, noNaN: true }),
          },
          { requiredKeys: [] },
        ),
        (logits, temperature, filters) => {
          const { id } = drawOnce(logits, temperature, filters);
          expect(id).toBeGreaterThanOrEqual(0);
          expect(id).toBeLessThan(logits.length);
        },
      ),
    );
  });

  it('takes the likeliest code at temperature 0, and the first of equals', () => {
    expect(drawOnce([1, 3, 3, 2], 0).id).toBe(1);
  });

  it('never draws a code that the model excludes', () => {
    for (let seed = 0; seed < 50; seed++) expect(drawOnce([-Infinity, 0, -Infinity], 3, {}, seed).id).toBe(1);
  });

  it.each([[[NaN, 0]], [[0, Infinity]], [[-Infinity, -Infinity]]])('refuses %j', (logits) => {
    expect(() => drawOnce(logits)).toThrow('The denoiser gave numbers that are no probabilities.');
  });
});

describe('drawAll', () => {
  it('draws each cell from its own row, by one uniform number each', () => {
    const drawer = createDrawer(2, 1, {});
    const rows = Float32Array.from([7, 7, 7, ...[0, 99], ...[99, 0], ...[0, Math.log(3)]]);
    const rng = createRng(3);
    const { positions, ids, probabilities } = drawAll(3, drawer, rows, 3, rng);
    expect([...positions]).toEqual([0, 1, 2]);
    expect([...ids.subarray(0, 2)]).toEqual([1, 0]);
    expect([...probabilities]).toEqual([1, 1, expect.closeTo([1 / 4, 3 / 4][ids[2]!]!, 6)]);
    const same = createRng(3);
    for (let i = 0; i < 3; i++) same.uniform();
    expect(rng.uint32()).toBe(same.uint32());
  });
});

describe('drawMostConfident', () => {
  const CODES = 40;
  const orderOf = (of: ConfidenceOrder['of'], noise: number): ConfidenceOrder => ({
    kind: 'confidence-based',
    of,
    noise: () => noise,
  });
  const budgetOf = (count: number) => ({ count, probability: 1, progress: 0.5, before: 0.5 });
  const missing = (cells: number): Int32Array => new Int32Array(cells).fill(MASK);

  /** Rows of logits, some of them nearly certain and some nearly flat. */
  function rowsOf(cells: number, seed: number): Float32Array {
    const rng = createRng(seed);
    const rows = new Float32Array(1 + cells * CODES); // from offset 1 on
    for (let c = 0; c < cells; c++) {
      const spread = 8 * rng.uniform() ** 2;
      for (let k = 0; k < CODES; k++) rows[1 + c * CODES + k] = spread * rng.gumbel();
    }
    return rows;
  }

  it('takes the highest scores of tokens that are drawn for every cell', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(2 ** 32 - 1),
        fc.constantFrom<ConfidenceOrder['of']>('drawn', 'peak'),
        fc.constantFrom(0, 0.3, 3, 1e8),
        fc.constantFrom(0, 0.4, 1, 3),
        fc.constantFrom({}, { topK: 5 }, { topP: 0.7 }),
        (cells, wanted, seed, of, noise, temperature, filters) => {
          const count = Math.min(wanted, cells);
          const rows = rowsOf(cells, seed);
          const drawer = createDrawer(CODES, temperature, filters);
          const order = orderOf(of, noise);
          const some = drawMostConfident(
            order,
            budgetOf(count),
            missing(cells),
            0,
            drawer,
            rows,
            1,
            createRng(seed),
          );

          // The generator gives a number for the token of each cell first, and then the noise of each.
          const rng = createRng(seed);
          const all = drawAll(cells, drawer, rows, 1, rng);
          const scores = Array.from({ length: cells }, (_, i) => {
            const p = of === 'peak' ? drawer.read(rows, 1 + i * CODES) : all.probabilities[i]!;
            return Math.log(p) + (noise === 0 ? 0 : noise * rng.gumbel());
          });
          const taken = [...some.positions];
          const bar = Math.min(...taken.map((i) => scores[i]!));
          const left = scores.filter((_, i) => !taken.includes(i));
          expect(taken).toEqual([...new Set(taken)].sort((a, b) => a - b));
          expect(taken).toHaveLength(count);
          expect(left.every((score) => score <= bar)).toBe(true);
          expect([...some.ids]).toEqual(taken.map((i) => all.ids[i]));
          expect([...some.probabilities]).toEqual(taken.map((i) => all.probabilities[i]));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('takes the lower cell of equal ones', () => {
    const drawer = createDrawer(4, 1, {});
    for (const of of ['drawn', 'peak'] as const) {
      const { positions } = drawMostConfident(
        orderOf(of, 0),
        budgetOf(3),
        missing(9),
        0,
        drawer,
        new Float32Array(36),
        0,
        createRng(1),
      );
      expect([...positions]).toEqual([0, 1, 2]);
    }
  });
});
