import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidenceOrder } from '../../../core/sampling/orders/confidence.ts';
import { haltonOrder, haltonSequence, radicalInverse } from '../../../core/sampling/orders/halton.ts';
import type { Draws } from '../../../core/sampling/orders/order.ts';
import { purityOrder } from '../../../core/sampling/orders/purity.ts';
import { randomOrder } from '../../../core/sampling/orders/random.ts';
import { rasterOrder } from '../../../core/sampling/orders/raster.ts';
import { createRng } from '../../../core/sampling/rng.ts';
import { P_THRESHOLD, chiSquareP } from './support/chiSquare.ts';

const quota = { count: 2, probability: 0.5, progress: 0.5 };

const drawsOf = (probabilities: number[], peaks = probabilities): Draws => ({
  cells: Int32Array.from(probabilities.keys()),
  ids: new Int32Array(probabilities.length),
  probabilities: Float64Array.from(probabilities),
  peaks: Float64Array.from(peaks),
});

describe('halton', () => {
  it('mirrors digits at the point', () => {
    expect([1, 2, 3, 4, 5].map((i) => radicalInverse(i, 2))).toEqual([1 / 2, 1 / 4, 3 / 4, 1 / 8, 5 / 8]);
    expect([1, 2, 3, 4, 5].map((i) => radicalInverse(i, 3))).toEqual([1 / 3, 2 / 3, 1 / 9, 4 / 9, 7 / 9]);
  });

  it('visits every cell of any grid once', () => {
    const length = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(length, length, (width, height) => {
        const sequence = haltonSequence(width, height);
        expect([...sequence].sort((a, b) => a - b)).toEqual([...sequence.keys()]);
      }),
    );
  });

  it('spreads: of the first 16 cells of a 16 x 16 grid every quarter has between 2 and 7', () => {
    const quarters = new Int32Array(4);
    for (const cell of haltonSequence(16, 16).subarray(0, 16)) {
      quarters[2 * Number(cell >= 128) + Number(cell % 16 >= 8)]!++;
    }
    expect(Math.max(...quarters)).toBeLessThanOrEqual(7);
    expect(Math.min(...quarters)).toBeGreaterThanOrEqual(2);
  });

  it('starts anywhere along the sequence and goes on from there', () => {
    const sequence = haltonSequence(4, 4);
    const all = Int32Array.from({ length: 16 }, (_, i) => i);
    const starts = new Set<number>();
    for (let seed = 0; seed < 200; seed++) {
      const order = haltonOrder(sequence, createRng(seed));
      const [first] = order.choose(all, { ...quota, count: 1 }, createRng(0));
      const at = sequence.indexOf(first!);
      const next = [0, 1, 2].map((i) => sequence[(at + i) % 16]!);
      expect([...order.choose(all, { ...quota, count: 3 }, createRng(0))]).toEqual(
        next.sort((a, b) => a - b),
      );
      starts.add(first!);
    }
    expect(starts.size).toBe(16);
  });
});

describe('raster', () => {
  it('takes the first cells', () => {
    expect([...rasterOrder.choose(Int32Array.of(3, 5, 9), quota, createRng(0))]).toEqual([3, 5]);
  });
});

describe('random', () => {
  it('tosses a coin for each cell, and takes all at probability 1', () => {
    const all = Int32Array.from({ length: 4 }, (_, i) => i);
    const rng = createRng(4);
    const counts = new Int32Array(5);
    for (let i = 0; i < 4000; i++) counts[randomOrder.choose(all, quota, rng).length]!++;
    expect(chiSquareP(counts, [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16])).toBeGreaterThan(P_THRESHOLD);
    expect(randomOrder.choose(all, { ...quota, probability: 1 }, rng)).toEqual(all);
  });
});

describe('confidence', () => {
  it('scores by log probability, and by that alone at tau 0 or in the last step', () => {
    const scores = new Float64Array(2);
    const expected = [Math.log(0.25), Math.log(0.5)];
    confidenceOrder(0).score(drawsOf([0.25, 0.5]), quota, createRng(1), scores);
    expect([...scores]).toEqual(expected);
    confidenceOrder(9).score(drawsOf([0.25, 0.5]), { ...quota, progress: 1 }, createRng(1), scores);
    expect([...scores]).toEqual(expected);
  });

  it('adds tau (1 - rho) Gumbel noise', () => {
    const scores = new Float64Array(2);
    confidenceOrder(4).score(drawsOf([0.25, 0.5]), { ...quota, progress: 0.75 }, createRng(1), scores);
    const same = createRng(1);
    expect(scores[0]).toBeCloseTo(Math.log(0.25) + same.gumbel(), 12);
    expect(scores[1]).toBeCloseTo(Math.log(0.5) + same.gumbel(), 12);
  });
});

describe('purity', () => {
  it('puts first each cell in proportion to its peak, whatever was drawn there', () => {
    const rng = createRng(5);
    const scores = new Float64Array(3);
    const counts = new Int32Array(3);
    for (let i = 0; i < 5000; i++) {
      purityOrder.score(drawsOf([0.1, 0.1, 0.1], [0.2, 0.3, 0.5]), quota, rng, scores);
      counts[scores.indexOf(Math.max(...scores))]!++;
    }
    expect(chiSquareP(counts, [0.2, 0.3, 0.5])).toBeGreaterThan(P_THRESHOLD);
  });
});
