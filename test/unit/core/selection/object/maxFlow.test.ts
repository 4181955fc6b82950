import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CutGrid, DIRECTIONS, minimumCut } from '../../../../../core/selection/object/maxFlow.ts';
import { stream } from '../../pixels/random.ts';

function grid(width: number, height: number, seed: number): CutGrid {
  const next = stream(seed);
  const terminals = Float32Array.from({ length: width * height }, () => Math.round(20 * next()) - 10);
  const edges = new Float32Array(width * height * DIRECTIONS.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (const [direction, [dx, dy]] of DIRECTIONS.entries()) {
        const inside = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
        if (inside) edges[(y * width + x) * DIRECTIONS.length + direction] = Math.round(6 * next());
      }
    }
  }
  return { width, height, terminals, edges };
}

/** What a labelling costs: the terminals that it cuts off, and the edges from the source's side to the sink's. */
function costOf({ width, terminals, edges }: CutGrid, labels: ArrayLike<number>): number {
  let cost = 0;
  for (let i = 0; i < terminals.length; i++) {
    cost += labels[i] === 1 ? Math.max(0, -terminals[i]!) : Math.max(0, terminals[i]!);
    for (const [direction, [dx, dy]] of DIRECTIONS.entries()) {
      const weight = edges[i * DIRECTIONS.length + direction]!;
      if (weight > 0 && labels[i] === 1 && labels[i + dy * width + dx] === 0) cost += weight;
    }
  }
  return cost;
}

describe('minimumCut', () => {
  test('costs as little as the cheapest of all labellings', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(),
        (width, height, seed) => {
          const given = grid(width, height, seed);
          let least = Infinity;
          for (let bits = 0; bits < 2 ** (width * height); bits++) {
            const labels = Array.from({ length: width * height }, (_, i) => (bits >> i) & 1);
            least = Math.min(least, costOf(given, labels));
          }
          expect(costOf(given, minimumCut(given))).toBe(least);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('leaves what it is given as it is', () => {
    const given = grid(20, 15, 7);
    const copy = { terminals: given.terminals.slice(), edges: given.edges.slice() };
    minimumCut(given);
    expect(given).toMatchObject(copy);
  });
});
