import { TILE } from '../raster/raster.ts';
import type { EdgeRun } from './tileParts.ts';

type Edge = readonly EdgeRun[];

/** Calls `touch` for parts that meet where two tiles do, by sides or corners. */
export function alongSeam(one: Edge, other: Edge, touch: (part: number, otherPart: number) => void): void {
  let next = 0;
  for (const { from, to, part } of one) {
    // `to` is past the end, so touching at a corner is from <= to on both sides.
    while (next < other.length && other[next]!.to < from) next++;
    for (let k = next; k < other.length && other[k]!.from <= to; k++) touch(part, other[k]!.part);
  }
}

/** Which part the first or the last px of an edge is of; null where it is not selected. */
export function partAtEnd(edge: Edge, end: 'first' | 'last'): number | null {
  const run = end === 'first' ? edge[0] : edge.at(-1);
  const isThere = end === 'first' ? run?.from === 0 : run?.to === TILE;
  return run && isThere ? run.part : null;
}
