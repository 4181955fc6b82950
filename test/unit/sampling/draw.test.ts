import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDrawer } from '../../../core/sampling/draw.ts';
import type { Draw } from '../../../core/sampling/draw.ts';
import { expOfNegative } from '../../../core/sampling/exp.ts';
import type { TokenFilters } from '../../../core/sampling/request.ts';
import { createRng } from '../../../core/sampling/rng.ts';

describe('expOfNegative', () => {
  it('is exp to eight digits', () => {
    for (let x = 0; x > -80; x -= 0.0137) {
      expect(Math.abs(expOfNegative(x) / Math.exp(x) - 1)).toBeLessThan(1e-8);
    }
    expect([expOfNegative(0), expOfNegative(-Infinity), expOfNegative(NaN)]).toEqual([1, 0, NaN]);
  });
});

describe('createDrawer', () => {
  const drawOnce = (
    logits: readonly number[],
    temperature = 1,
    filters: TokenFilters = {},
    seed = 1,
  ): Draw => {
    const draw = { id: -1, probability: 0, peak: 0 };
    createDrawer(logits.length, temperature, filters)(Float32Array.from(logits), 0, createRng(seed), draw);
    return draw;
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
