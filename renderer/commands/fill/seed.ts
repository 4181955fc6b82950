import { MAX_SEED } from '../../../core/base/limits.ts';
import type { FillSettings } from '../../state/fillSettings.svelte.ts';

const SEEDS = MAX_SEED + 1;

/** The seed of the next fill: the locked one, or a new one, which is shown from then on. */
export function nextSeed(settings: FillSettings): number {
  if (!settings.seedLocked) settings.seed = newSeed();
  return settings.seed;
}

/** Another seed than the one before, even where that is locked: the lock moves on to it. */
export function otherSeed(settings: FillSettings): number {
  settings.seed = settings.seedLocked ? (settings.seed + 1) % SEEDS : newSeed();
  return settings.seed;
}

/** Any seed, 0 .. 2^32 - 1. */
export function newSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!;
}
