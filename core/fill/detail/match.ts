import { FEATURES } from './features.ts';
import type { Exemplars } from './exemplars.ts';

/** Which exemplar each transferring cell takes its detail from. */
export interface Matches {
  readonly exemplars: Int32Array; // [takers], indices into the exemplars
  readonly distances: Float32Array; // [takers], root mean square difference of features
  /** For each taker the exemplars nearest to it in look and place, lending or not, best first: at most NEIGHBOURS. */
  readonly neighbours: readonly (readonly number[])[];
}

/** How much worse an exemplar may look that continues what the neighbour transferred: running on beats a closer look. */
const COHERENCE = 1.6;

/** Each time an exemplar has lent counts against it by this share, or one mark would be repeated all over a flat area. */
const REUSE_PENALTY = 0.5;

/** Floor for the squared difference, so that the reuse and distance penalties still matter between near-identical cells. */
const LEAST = FEATURES * 0.01 ** 2;

/** Tokens: so far away, differences count twice. Sky is like sand in shade, but there is more sky beside it. */
const NEAR = 12;

const NEIGHBOURS = 9;

/**
 * Finds for each cell the exemplar that looks most like it, as decoded, and is not far. Where the exemplar beside the one that
 * the left or upper neighbour uses is almost as good it is taken, so that strands and grain run on (Ashikhmin 2001).
 *
 * @param cells flat indices into a frame of `columns`, ascending
 * @param features [cells, FEATURES]
 */
export function matchExemplars(
  exemplars: Exemplars,
  cells: Int32Array,
  features: Float32Array,
  columns: number,
): Matches {
  const chosen = new Int32Array(cells.length);
  const distances = new Float32Array(cells.length);
  const neighbours: number[][] = [];
  const exemplarOf = new Map<number, number>(); // by cell
  const lent = new Int32Array(exemplars.cells.length); // how often
  cells.forEach((cell, i) => {
    const costOf = costsFor(exemplars, cell, features, i * FEATURES, columns);
    const found = nearest(costOf, lent);
    let best = found.best;
    let limit = COHERENCE * costOf(best, Infinity);
    for (const step of [1, columns]) {
      const neighbour = exemplarOf.get(cell - step);
      if (neighbour === undefined) continue;
      const next = exemplars.indexOf[exemplars.cells[neighbour]! + step] ?? -1;
      if (next < 0) continue;
      const cost = costOf(next, limit);
      if (cost >= limit) continue;
      best = next;
      limit = cost;
    }
    chosen[i] = best;
    const apart = difference(exemplars.features, best * FEATURES, features, i * FEATURES, Infinity);
    distances[i] = Math.sqrt(apart / FEATURES);
    neighbours.push(found.neighbours);
    exemplarOf.set(cell, best);
    lent[best]!++;
  });
  return { exemplars: chosen, distances, neighbours };
}

/** How unlike and how far an exemplar is, or anything from `enough` up once it is that much. */
type CostOf = (exemplar: number, enough: number) => number;

function costsFor(
  exemplars: Exemplars,
  cell: number,
  features: Float32Array,
  offset: number,
  columns: number,
): CostOf {
  const [x, y] = [cell % columns, Math.floor(cell / columns)];
  return (exemplar, enough) => {
    const at = exemplars.cells[exemplar]!;
    const row = Math.floor(at / columns);
    const way = 1 + ((at - row * columns - x) ** 2 + (row - y) ** 2) / NEAR ** 2;
    return (
      way * (LEAST + difference(exemplars.features, exemplar * FEATURES, features, offset, enough / way))
    );
  };
}

function nearest(costOf: CostOf, lent: Int32Array): { best: number; neighbours: number[] } {
  const neighbours: number[] = [];
  const costs: number[] = []; // of the neighbours, ascending
  let best = 0;
  let least = Infinity;
  for (let i = 0; i < lent.length; i++) {
    const reuse = 1 + REUSE_PENALTY * lent[i]!;
    const last = costs[NEIGHBOURS - 1] ?? Infinity;
    const cost = costOf(i, Math.max(last, least / reuse));
    if (reuse * cost < least) {
      least = reuse * cost;
      best = i;
    }
    if (cost >= last) continue;
    const place = costs.findIndex((other) => other > cost);
    const at = place < 0 ? costs.length : place;
    costs.splice(at, 0, cost);
    neighbours.splice(at, 0, i);
    costs.length = neighbours.length = Math.min(NEIGHBOURS, neighbours.length);
  }
  return { best, neighbours };
}

/** The sum of squared differences, or anything from `enough` up once it is that large. */
function difference(a: Float32Array, at: number, b: Float32Array, bt: number, enough: number): number {
  let sum = 0;
  for (let i = 0; i < FEATURES && sum < enough; i++) {
    const d = a[at + i]! - b[bt + i]!;
    sum += d * d;
  }
  return sum;
}
