import type { Drawer, DrawnTokens } from './draw.ts';
import { createLeaders } from './leaders.ts';
import type { Quota, SightedOrder } from './orders/order.ts';
import { createRanking } from './ranking.ts';
import type { Rng } from '../base/rng.ts';
import { takeLargest } from './select.ts';
import { highestOf } from './softmax.ts';

/** Draws for a step the tokens of the `quota.count` cells of highest score, of `cells` whose logits begin at rows[offset]. */
export type Contest = (
  quota: Quota,
  cells: number,
  drawer: Drawer,
  rows: Float32Array,
  offset: number,
) => DrawnTokens;

/** Rows are given up a little later than they could be, so that rounding decides nothing. */
const SLACK = 1 - 1e-6;

/**
 * Contests of up to `most` cells under an order. What comes out is as if a token had been drawn for every cell, and the
 * noise for every cell after that. But the noise does not depend on the logits, and p is at most the row's peak, which is
 * at most 1: where a cell cannot win by these bounds nothing is drawn, and most such rows are not even read to the end.
 */
export function createContest(most: number, rule: SightedOrder, rng: Rng): Contest {
  const ids = new Int32Array(most);
  const probabilities = new Float64Array(most);
  const uniforms = new Float64Array(most);
  const gumbels = new Float32Array(most);
  const noise = new Float64Array(most);
  const scores = new Float64Array(most);
  const order = new Int32Array(most);
  const ranking = createRanking(most);

  /** Throws all the dice, and ranks the cells by noise: those with the most set the bar for the others. */
  const prepare = (factor: number, cells: number): void => {
    for (let i = 0; i < cells; i++) uniforms[i] = rng.uniform();
    for (let i = 0; i < cells; i++) {
      const gumbel = factor === 0 ? 0 : rng.gumbel();
      noise[i] = factor * gumbel;
      gumbels[i] = gumbel;
    }
    ranking.arrange(gumbels, cells, highestOf(gumbels.subarray(0, cells)));
    scores.fill(-Infinity, 0, cells);
  };

  /** The positions of the highest scores, ascending. */
  const winners = (count: number, cells: number): Int32Array => {
    for (let i = 0; i < cells; i++) order[i] = i;
    return order.slice(0, takeLargest(order, 0, cells, scores, count)).sort();
  };

  return (quota, cells, drawer, rows, offset) => {
    prepare(rule.noise(quota), cells);
    const leaders = createLeaders(quota.count);
    for (let k = 0; k < cells; k++) {
      const i = ranking.order[k]!;
      const bar = leaders.least();
      if (noise[i]! < bar) continue;
      const peak = drawer.look(rows, offset + i * drawer.codes, SLACK * Math.exp(bar - noise[i]!));
      if (Math.log(peak) + noise[i]! < bar) continue;
      ids[i] = drawer.draw(uniforms[i]!);
      probabilities[i] = drawer.probabilityOf(ids[i]);
      scores[i] = Math.log(rule.belief === 'peak' ? peak : probabilities[i]) + noise[i]!;
      leaders.add(scores[i]);
    }
    const positions = winners(quota.count, cells);
    return {
      positions,
      ids: positions.map((i) => ids[i]!),
      probabilities: Float64Array.from(positions, (i) => probabilities[i]!),
    };
  };
}
