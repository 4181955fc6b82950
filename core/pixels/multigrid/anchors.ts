import type { Level, Ties } from './level.ts';

/** The active cells of a level that are tied to given values, and which cell of the next coarser level each is in. */
export interface Anchors {
  readonly cells: Int32Array; // indices into the level's arrays, ascending
  readonly parents: Int32Array; // indices into the next level's `cells`; empty at the coarsest
  readonly shares: Float32Array; // of the parent's given value; those of one parent sum to 1
}

/** The anchors of each level, from the strength of each anchor at the finest one. */
export function anchorsOf(levels: readonly Level[], finestAnchor: Ties['anchor']): Anchors[] {
  let cells = anchored(finestAnchor);
  let strength = finestAnchor;
  return levels.map((level, at) => {
    const coarse = levels[at + 1];
    const here = cells;
    if (!coarse?.springs) return { cells: here, parents: new Int32Array(), shares: new Float32Array() };
    cells = anchored(coarse.springs.anchor);
    const anchors = lift(level, here, strength, coarse, cells);
    strength = coarse.springs.anchor;
    return anchors;
  });
}

function anchored(anchor: Ties['anchor']): Int32Array {
  let count = 0;
  for (let i = 0; i < anchor.length; i++) if (anchor[i]! > 0) count++;
  const cells = new Int32Array(count);
  for (let i = 0, k = 0; i < anchor.length; i++) if (anchor[i]! > 0) cells[k++] = i;
  return cells;
}

function lift(
  fine: Level,
  cells: Int32Array,
  strength: Ties['anchor'],
  coarse: Level,
  coarseCells: Int32Array,
): Anchors {
  const rank = new Int32Array(coarse.u.length);
  for (let k = 0; k < coarseCells.length; k++) rank[coarseCells[k]!] = k;
  const parents = cells.map((i) => {
    const row = Math.floor(i / fine.stride) - 1;
    const column = (i % fine.stride) - 1;
    return rank[((row >> 1) + 1) * coarse.stride + (column >> 1) + 1]!;
  });
  const total = new Float32Array(coarseCells.length);
  for (let k = 0; k < cells.length; k++) total[parents[k]!]! += strength[cells[k]!]!;
  const shares = new Float32Array(cells.length);
  for (let k = 0; k < cells.length; k++) shares[k] = strength[cells[k]!]! / total[parents[k]!]!;
  return { cells, parents, shares };
}

/** At the finest level: for each anchored cell the mean of the given values beside it, read from the level's `u`. */
export function givenValues({ u, active, width, height, stride }: Level, { cells }: Anchors): Float32Array {
  const values = new Float32Array(cells.length);
  for (let k = 0; k < cells.length; k++) {
    const i = cells[k]!;
    const column = i % stride;
    const left = column > 1 ? 1 - active[i - 1]! : 0;
    const right = column < width ? 1 - active[i + 1]! : 0;
    const above = i >= 2 * stride ? 1 - active[i - stride]! : 0;
    const below = i < height * stride ? 1 - active[i + stride]! : 0;
    const sum = left * u[i - 1]! + right * u[i + 1]! + above * u[i - stride]! + below * u[i + stride]!;
    values[k] = sum / (left + right + above + below);
  }
  return values;
}

/** The given values of the next coarser level: means, weighted by the strength of the anchors. */
export function liftValues({ parents, shares }: Anchors, values: Float32Array, count: number): Float32Array {
  const lifted = new Float32Array(count);
  for (let k = 0; k < values.length; k++) lifted[parents[k]!]! += shares[k]! * values[k]!;
  return lifted;
}
