import { FEATURES } from './features.ts';
import type { Lenders } from './exemplars.ts';

/** Which lender each borrowing cell takes its detail from. */
export interface Matches {
  readonly lenders: Int32Array; // [borrowers], indices into the lenders
  readonly distances: Float32Array; // [borrowers], root mean square difference of features
  /** For each borrower the lenders nearest to it in look and place, lending or not, best first: at most PEERS. */
  readonly peers: readonly (readonly number[])[];
}

/** How much worse a lender may look that continues what the neighbour borrowed: running on beats a closer look. */
const COHERENCE = 1.6;

/** Each time a lender has lent counts against it by this share, or one mark would be repeated all over a flat area. */
const WORN = 0.5;

/** Differences below this are none (sum of squares): nobody is so alike that wear and way do not count. */
const LEAST = FEATURES * 0.01 ** 2;

/** Tokens: so far away, differences count twice. Sky is like sand in shade, but there is more sky beside it. */
const NEAR = 12;

const PEERS = 9;

/**
 * Finds for each cell the lender that looks most like it, as decoded, and is not far. Where the lender beside the one that
 * the left or upper neighbour uses is almost as good it is taken, so that strands and grain run on (Ashikhmin 2001).
 *
 * @param cells flat indices into a frame of `columns`, ascending
 * @param features [cells, FEATURES]
 */
export function matchLenders(
  lenders: Lenders,
  cells: Int32Array,
  features: Float32Array,
  columns: number,
): Matches {
  const chosen = new Int32Array(cells.length);
  const distances = new Float32Array(cells.length);
  const peers: number[][] = [];
  const lenderOf = new Map<number, number>(); // by cell
  const lent = new Int32Array(lenders.cells.length); // how often
  cells.forEach((cell, i) => {
    const costOf = costsFor(lenders, cell, features, i * FEATURES, columns);
    const found = nearest(costOf, lent);
    let best = found.best;
    let limit = COHERENCE * costOf(best, Infinity);
    for (const step of [1, columns]) {
      const neighbour = lenderOf.get(cell - step);
      if (neighbour === undefined) continue;
      const next = lenders.indexOf[lenders.cells[neighbour]! + step] ?? -1;
      if (next < 0) continue;
      const cost = costOf(next, limit);
      if (cost >= limit) continue;
      best = next;
      limit = cost;
    }
    chosen[i] = best;
    const apart = difference(lenders.features, best * FEATURES, features, i * FEATURES, Infinity);
    distances[i] = Math.sqrt(apart / FEATURES);
    peers.push(found.peers);
    lenderOf.set(cell, best);
    lent[best]!++;
  });
  return { lenders: chosen, distances, peers };
}

/** How unlike and how far a lender is, or anything from `enough` up once it is that much. */
type CostOf = (lender: number, enough: number) => number;

function costsFor(
  lenders: Lenders,
  cell: number,
  features: Float32Array,
  offset: number,
  columns: number,
): CostOf {
  const [x, y] = [cell % columns, Math.floor(cell / columns)];
  return (lender, enough) => {
    const at = lenders.cells[lender]!;
    const row = Math.floor(at / columns);
    const way = 1 + ((at - row * columns - x) ** 2 + (row - y) ** 2) / NEAR ** 2;
    return way * (LEAST + difference(lenders.features, lender * FEATURES, features, offset, enough / way));
  };
}

function nearest(costOf: CostOf, lent: Int32Array): { best: number; peers: number[] } {
  const peers: number[] = [];
  const costs: number[] = []; // of the peers, ascending
  let best = 0;
  let least = Infinity;
  for (let i = 0; i < lent.length; i++) {
    const wear = 1 + WORN * lent[i]!;
    const last = costs[PEERS - 1] ?? Infinity;
    const cost = costOf(i, Math.max(last, least / wear));
    if (wear * cost < least) {
      least = wear * cost;
      best = i;
    }
    if (cost >= last) continue;
    const place = costs.findIndex((other) => other > cost);
    const at = place < 0 ? costs.length : place;
    costs.splice(at, 0, cost);
    peers.splice(at, 0, i);
    costs.length = peers.length = Math.min(PEERS, peers.length);
  }
  return { best, peers };
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
