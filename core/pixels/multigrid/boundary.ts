import type { Level, EdgeWeights } from './level.ts';

/** The active cells of a level next to given values, and the cell of the next coarser level that each lies in. */
export interface Boundary {
  readonly cells: Int32Array; // indices into the level's arrays, ascending
  readonly parents: Int32Array; // indices into the next level's `cells`; empty at the coarsest
  readonly shares: Float32Array; // of the parent's given value; those of one parent sum to 1
}

/** The boundary of each level, from the weights of the boundary at the finest one. */
export function boundariesOf(levels: readonly Level[], finestWeights: EdgeWeights['boundary']): Boundary[] {
  let cells = boundaryCells(finestWeights);
  let weights = finestWeights;
  return levels.map((level, at) => {
    const coarse = levels[at + 1];
    const here = cells;
    if (!coarse?.equation) return { cells: here, parents: new Int32Array(), shares: new Float32Array() };
    cells = boundaryCells(coarse.equation.boundary);
    const boundary = parentsOf(level, here, weights, coarse, cells);
    weights = coarse.equation.boundary;
    return boundary;
  });
}

function boundaryCells(boundary: EdgeWeights['boundary']): Int32Array {
  let count = 0;
  for (let i = 0; i < boundary.length; i++) if (boundary[i]! > 0) count++;
  const cells = new Int32Array(count);
  for (let i = 0, k = 0; i < boundary.length; i++) if (boundary[i]! > 0) cells[k++] = i;
  return cells;
}

function parentsOf(
  fine: Level,
  cells: Int32Array,
  weights: EdgeWeights['boundary'],
  coarse: Level,
  coarseCells: Int32Array,
): Boundary {
  const rank = new Int32Array(coarse.u.length);
  for (let k = 0; k < coarseCells.length; k++) rank[coarseCells[k]!] = k;
  const parents = cells.map((i) => {
    const row = Math.floor(i / fine.stride) - 1;
    const column = (i % fine.stride) - 1;
    return rank[((row >> 1) + 1) * coarse.stride + (column >> 1) + 1]!;
  });
  const total = new Float32Array(coarseCells.length);
  for (let k = 0; k < cells.length; k++) total[parents[k]!]! += weights[cells[k]!]!;
  const shares = new Float32Array(cells.length);
  for (let k = 0; k < cells.length; k++) shares[k] = weights[cells[k]!]! / total[parents[k]!]!;
  return { cells, parents, shares };
}

/** At the finest level: for each cell of the boundary the mean of the given values beside it, read from the level's `u`. */
export function givenValues({ u, active, width, height, stride }: Level, { cells }: Boundary): Float32Array {
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

/** The given values of the next coarser level: means, by the weights of the boundary. */
export function restrictValues(
  { parents, shares }: Boundary,
  values: Float32Array,
  count: number,
): Float32Array {
  const restricted = new Float32Array(count);
  for (let k = 0; k < values.length; k++) restricted[parents[k]!]! += shares[k]! * values[k]!;
  return restricted;
}
