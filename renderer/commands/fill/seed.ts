import { MAX_SEED } from '../../../core/base/limits.ts';
import type { CandidateSeed } from '../../../core/base/seeds.ts';
import type { FillSettings } from '../../state/fillSettings.svelte.ts';

const SEEDS = MAX_SEED + 1;

/** The seed of the next fill: the locked one, or a new one, which is shown from then on. */
export function nextSeed(settings: FillSettings): CandidateSeed {
  if (!settings.seedLocked) takeSeed(settings, { seed: newSeed(), first: 0 });
  const { seed, first } = settings;
  return { seed, first };
}

/** Another seed than the one before, even where that is locked: the lock moves on to it. */
export function otherSeed(settings: FillSettings): CandidateSeed {
  const seed = settings.seedLocked ? (settings.seed + 1) % SEEDS : newSeed();
  takeSeed(settings, { seed, first: 0 });
  return { seed, first: 0 };
}

export function takeSeed(settings: FillSettings, { seed, first }: CandidateSeed): void {
  settings.seed = seed;
  settings.first = first;
}

/** Any seed, 0 .. 2^32 - 1. */
export function newSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!;
}
