import type { TokenGrid } from '../../../../core/tokens/grid.ts';

/** How many tokens a replacement would change: those with a code of `from` that are not `to` already. */
export function countFound(
  { ids }: TokenGrid,
  from: ReadonlySet<number>,
  to: number,
  within: ReadonlySet<number> | null, // cells; null is all of them
): number {
  let count = 0;
  for (let cell = 0; cell < ids.length; cell++) {
    const id = ids[cell]!;
    if (id !== to && from.has(id) && (within === null || within.has(cell))) count++;
  }
  return count;
}
