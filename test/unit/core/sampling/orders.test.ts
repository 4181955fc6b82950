import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDrawer, drawMostConfident } from '../../../../core/sampling/draw.ts';
import {
  annealedOrder,
  confidenceOrder,
  purityOrder,
  randomOrder,
  rasterOrder,
} from '../../../../core/sampling/orders.ts';
import { haltonOrder, haltonSequence, radicalInverse } from '../../../../core/sampling/halton.ts';
import { createRng } from '../../../../core/base/rng.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { P_THRESHOLD, chiSquareP } from './support/chiSquare.ts';

const budget = { count: 2, probability: 0.5, progress: 0.5, before: 0.25 };

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
      const [first] = order.choose(all, { ...budget, count: 1 }, createRng(0));
      const at = sequence.indexOf(first!);
      const next = [0, 1, 2].map((i) => sequence[(at + i) % 16]!);
      expect([...order.choose(all, { ...budget, count: 3 }, createRng(0))]).toEqual(
        next.sort((a, b) => a - b),
      );
      starts.add(first!);
    }
    expect(starts.size).toBe(16);
  });
});

describe('raster', () => {
  it('takes the first cells', () => {
    expect([...rasterOrder.choose(Int32Array.of(3, 5, 9), budget, createRng(0))]).toEqual([3, 5]);
  });
});

describe('random', () => {
  it('tosses a coin for each cell, and takes all at probability 1', () => {
    const all = Int32Array.from({ length: 4 }, (_, i) => i);
    const rng = createRng(4);
    const counts = new Int32Array(5);
    for (let i = 0; i < 4000; i++) counts[randomOrder.choose(all, budget, rng).length]!++;
    expect(chiSquareP(counts, [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16])).toBeGreaterThan(P_THRESHOLD);
    expect(randomOrder.choose(all, { ...budget, probability: 1 }, rng)).toEqual(all);
  });
});

describe('confidence', () => {
  it('ranks by the confidence in what was drawn, with noise tau (1 - rho)', () => {
    expect(confidenceOrder(4).of).toBe('drawn');
    expect(confidenceOrder(4).noise({ ...budget, progress: 0.75 })).toBe(1);
    expect(confidenceOrder(0).noise(budget)).toBe(0);
    expect(confidenceOrder(9).noise({ ...budget, progress: 1 })).toBe(0);
  });
});

describe('annealed', () => {
  it('has noise that falls from tau in the first step to none in the last (aMUSEd)', () => {
    const noise = [0, 1, 2].map((i) => annealedOrder(2).noise({ ...budget, before: i / 2 }));
    expect(noise).toEqual([2, 1, 0]);
  });
});

describe('purity', () => {
  it('sharpens each cell by how certain it is beside the most certain one, and leaves what is known alone', () => {
    const rows = Float32Array.from([0.5, 0.3, 0.2, 0.25, 0.4, 0.35, 0.8, 0.1, 0.1], Math.log); // [3, 3]
    const drawer = createDrawer(3, 1, {});
    const rng = createRng(8);
    const counts = [0, 1].map(() => new Int32Array(3));
    for (let i = 0; i < 6000; i++) {
      const order = { ...purityOrder, noise: () => 0 };
      const all = { ...budget, count: 3 };
      const tokens = Int32Array.of(MASK, MASK, 0);
      const { positions, ids } = drawMostConfident(order, all, tokens, 1.5, drawer, rows, 0, rng);
      expect([...positions]).toEqual([0, 1]);
      ids.forEach((id, cell) => counts[cell]![id]!++);
    }
    for (const [cell, p, peak] of [
      [0, [0.5, 0.3, 0.2], 0.5],
      [1, [0.25, 0.4, 0.35], 0.4],
    ] as const) {
      const raised = p.map((share) => share ** (1 + (1.5 * peak) / 0.8));
      const total = raised.reduce((sum, share) => sum + share, 0);
      const law = raised.map((share) => share / total);
      expect(chiSquareP(counts[cell]!, law)).toBeGreaterThan(P_THRESHOLD);
    }
  });

  it('puts first each cell in proportion to its peak, whatever was drawn there', () => {
    const rng = createRng(5);
    const drawer = createDrawer(5, 1, {});
    const rows = Float32Array.from(
      [0.25, 0.35, 0.5].flatMap((peak) =>
        Array.from({ length: 5 }, (_, k) => (k === 0 ? peak : (1 - peak) / 4)),
      ),
      Math.log,
    );
    const counts = new Int32Array(3);
    for (let i = 0; i < 5000; i++) {
      const missing = new Int32Array(3).fill(MASK);
      const { positions } = drawMostConfident(
        purityOrder,
        { ...budget, count: 1 },
        missing,
        0,
        drawer,
        rows,
        0,
        rng,
      );
      counts[positions[0]!]!++;
    }
    expect(chiSquareP(counts, [0.25 / 1.1, 0.35 / 1.1, 0.5 / 1.1])).toBeGreaterThan(P_THRESHOLD);
  });
});
