import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createContest } from '../../../../core/sampling/contest.ts';
import type { Drawer } from '../../../../core/sampling/draw.ts';
import { createDrawer } from '../../../../core/sampling/draw.ts';
import type { SightedOrder } from '../../../../core/sampling/orders/order.ts';
import type { Rng } from '../../../../core/base/rng.ts';
import { createRng } from '../../../../core/base/rng.ts';

const CODES = 40;

const sighted = (belief: SightedOrder['belief'], noise: number): SightedOrder => ({
  kind: 'sighted',
  belief,
  noise: () => noise,
});

const quotaOf = (count: number) => ({ count, probability: 1, progress: 0.5 });

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

/** A token for every cell, then the noise for every cell, then the highest scores: the definition. */
function drawEverything(
  rule: SightedOrder,
  count: number,
  cells: number,
  drawer: Drawer,
  rows: Float32Array,
  rng: Rng,
): [position: number, id: number, probability: number][] {
  const drawn = Array.from({ length: cells }, (_, i) => {
    const peak = drawer.look(rows, 1 + i * CODES);
    const id = drawer.draw(rng.uniform());
    return { i, id, peak, probability: drawer.probabilityOf(id) };
  });
  const factor = rule.noise(quotaOf(count));
  return drawn
    .map((draw) => ({
      ...draw,
      score:
        Math.log(rule.belief === 'peak' ? draw.peak : draw.probability) +
        (factor === 0 ? 0 : factor * rng.gumbel()),
    }))
    .sort((a, b) => b.score - a.score || a.i - b.i)
    .slice(0, count)
    .sort((a, b) => a.i - b.i)
    .map(({ i, id, probability }) => [i, id, probability]);
}

describe('createContest', () => {
  it('gives what drawing for every cell gives, of the same random numbers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(2 ** 32 - 1),
        fc.constantFrom<SightedOrder['belief']>('drawn', 'peak'),
        fc.constantFrom(0, 0.3, 3, 1e8),
        fc.constantFrom(0, 0.4, 1, 3),
        fc.constantFrom({}, { topK: 5 }, { topP: 0.7 }),
        (cells, wanted, seed, belief, noise, temperature, filters) => {
          const count = Math.min(wanted, cells);
          const rule = sighted(belief, noise);
          const rows = rowsOf(cells, seed);
          const drawer = createDrawer(CODES, temperature, filters);
          const expected = drawEverything(rule, count, cells, drawer, rows, createRng(seed));
          const rng = createRng(seed);
          const { positions, ids, probabilities } = createContest(60, rule, rng)(
            quotaOf(count),
            cells,
            drawer,
            rows,
            1,
          );
          expect(Array.from(positions, (i, k) => [i, ids[k], probabilities[k]])).toEqual(expected);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('lets the lower cell win of equal ones', () => {
    const drawer = createDrawer(4, 1, {});
    for (const belief of ['drawn', 'peak'] as const) {
      const contest = createContest(9, sighted(belief, 0), createRng(1));
      expect([...contest(quotaOf(3), 9, drawer, new Float32Array(36), 0).positions]).toEqual([0, 1, 2]);
    }
  });

  it('draws for few more than it reveals', () => {
    const drawer = createDrawer(CODES, 0.4, {});
    let drawn = 0;
    const counting: Drawer = {
      ...drawer,
      draw(u) {
        drawn++;
        return drawer.draw(u);
      },
    };
    createContest(500, sighted('drawn', 3), createRng(1))(quotaOf(20), 500, counting, rowsOf(500, 1), 1);
    expect(drawn).toBeLessThan(100);
  });
});
