import { MASK } from '../tokens/grid.ts';
import { haltonOrder, haltonSequence } from './halton.ts';
import type { Preset } from './presets.ts';
import type { FillRequest } from './request.ts';
import type { Rng } from '../base/rng.ts';

/** Tokens of the coarse pass that the first step of a candidate reveals as they are. */
export interface CoarseTokens {
  readonly cells: Int32Array; // flat indices, ascending
  readonly ids: Int32Array; // of those cells
}

/** The share of the hole that comes from the coarse pass. The rest is drawn around it, or the fill would stay as coarse. */
const TAKEN = 0.5;

/**
 * The temperature of a coarse pass, as a share of its fill's. What is drawn coarsely decides what is there and where it ends, and
 * a guess there spreads over all of the hole; texture comes at the finer scale.
 */
const COOLED = 0.4;

/** How the coarse pass of a fill with these settings is drawn. */
export function coarsePreset(preset: Preset): Preset {
  return { ...preset, temperature: COOLED * preset.temperature };
}

/**
 * What a candidate takes from its coarse pass: cells spread evenly over those of `free` for which it has a token, from a
 * random beginning. Null without a coarse pass, and for a branch, which is beyond that step.
 *
 * @param free flat indices, ascending: the hole without its pins
 */
export function coarseTokensOf(
  { grid, hole, coarse, start }: FillRequest,
  candidate: number,
  free: Int32Array,
  rng: Rng,
): CoarseTokens | null {
  const suggested = coarse?.[candidate];
  if (!suggested || start) return null;
  const idAt = new Map(hole.map((cell, i) => [cell, suggested[i]!]));
  const able = free.filter((cell) => idAt.get(cell) !== MASK);
  const spread = haltonOrder(haltonSequence(grid.width, grid.height), rng);
  const count = Math.min(able.length, Math.floor(TAKEN * free.length));
  const cells = spread.choose(able, { count, probability: 1, progress: 0, before: 0 }, rng);
  return { cells, ids: cells.map((cell) => idAt.get(cell)!) };
}
