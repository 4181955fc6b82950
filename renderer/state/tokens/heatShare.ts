import type { HeatMap } from './tokenWork.svelte.ts';

type Scale = Pick<HeatMap, 'kind' | 'least' | 'most'>;

/**
 * Where a value stands on the scale of its heat map, 0 .. 1. Confidence by its square root: most tokens have a few
 * percent, and those are to be told apart.
 */
export function heatShare({ kind, least, most }: Scale, value: number): number {
  if (most <= least) return 0;
  const share = Math.min(1, Math.max(0, (value - least) / (most - least)));
  return kind === 'confidence' ? Math.sqrt(share) : share;
}

/** The value that stands at a share of the scale, 0 .. 1: what {@link heatShare} takes back. */
export function heatValue({ kind, least, most }: Scale, share: number): number {
  return least + (most - least) * (kind === 'confidence' ? share * share : share);
}
