import { LIMIT_OF_CANDIDATES, MAX_SEED } from './limits.ts';

/**
 * What one candidate is drawn by: the seed of a fill and its place among the candidates of that seed. Two fills that
 * have both in common give the same result there, however many candidates are made beside it.
 */
export interface CandidateSeed {
  readonly seed: number; // 0 .. MAX_SEED
  readonly first: number; // of the candidates that are made, from 0
}

/** A candidate's own seed as people write it: '7' for the first candidate of seed 7, '7:3' for the third. */
export function seedText({ seed, first }: CandidateSeed): string {
  return first === 0 ? `${seed}` : `${seed}:${first + 1}`;
}

/** Reads what {@link seedText} writes, and '7:1'; null where it is no seed. */
export function parseSeed(text: string): CandidateSeed | null {
  const [, seed, number = '1'] = /^\s*(\d{1,10})(?::(\d{1,4}))?\s*$/.exec(text) ?? [];
  if (seed === undefined || Number(seed) > MAX_SEED) return null;
  const first = Number(number) - 1;
  return first >= 0 && first < LIMIT_OF_CANDIDATES ? { seed: Number(seed), first } : null;
}
