import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDrawer, drawAll } from '../../../../core/sampling/draw.ts';
import type { TokenFilters } from '../../../../core/sampling/request.ts';
import { createRng } from '../../../../core/base/rng.ts';

describe('createDrawer', () => {
  const drawOnce = (
    logits: readonly number[],
    temperature = 1,
    filters: TokenFilters = {},
    seed = 1,
  ): { id: number; probability: number; peak: number } => {
    const drawer = createDrawer(logits.length, temperature, filters);
    const peak = drawer.look(Float32Array.from(logits), 0);
    const id = drawer.draw(createRng(seed).uniform());
    return { id, probability: drawer.probabilityOf(id), peak };
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

  it('gives up a row only where no code is as likely as it has to be', () => {
    const logit = fc.float({ min: -9, max: 9, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(logit, { minLength: 1, maxLength: 600 }),
        fc.double({ min: 0, max: 1 }),
        (row, least) => {
          const drawer = createDrawer(row.length, 1, {});
          const rows = Float32Array.from([5, ...row]);
          const peak = drawer.look(rows, 1);
          expect(drawer.look(rows, 1, least)).toBe(peak < least ? 0 : peak);
        },
      ),
    );
  });

  it('reads no further than it has to', () => {
    const drawer = createDrawer(1024, 1, {});
    const row = new Float32Array(1024).fill(1, 0, 512).fill(NaN, 512);
    expect(drawer.look(row, 0, 1 / 100)).toBe(0);
    expect(() => drawer.look(row, 0, 1 / 1000)).toThrow();
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
