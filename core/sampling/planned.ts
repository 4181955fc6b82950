import { MASK } from '../tokens/grid.ts';
import { haltonOrder, haltonSequence } from './halton.ts';
import type { FillRequest } from './request.ts';
import type { Rng } from '../base/rng.ts';

/** Planned tokens that the first step of a candidate reveals as they are. */
export interface TakenTokens {
  readonly cells: Int32Array; // flat indices, ascending
  readonly ids: Int32Array; // of those cells
}

/**
 * What a candidate takes of the tokens that are planned for it: cells spread evenly over those of `free` for which there is
 * one, from a random beginning. Null where nothing is planned, and for a branch, which is beyond that step.
 *
 * @param free flat indices, ascending: the hole without its pins
 */
export function takenTokens(
  { grid, hole, planned, start }: FillRequest,
  candidate: number,
  free: Int32Array,
  rng: Rng,
): TakenTokens | null {
  const plan = planned?.[candidate];
  if (!plan || start) return null;
  const idAt = new Map(hole.map((cell, i) => [cell, plan.ids[i]!]));
  const able = free.filter((cell) => idAt.get(cell) !== MASK);
  const spread = haltonOrder(haltonSequence(grid.width, grid.height), rng);
  const count = Math.min(able.length, Math.floor(plan.share * free.length));
  const cells = spread.choose(able, { count, probability: 1, progress: 0, before: 0 }, rng);
  return { cells, ids: cells.map((cell) => idAt.get(cell)!) };
}
