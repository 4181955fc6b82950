/** In which order missing tokens are revealed; core/sampling names their papers. */
export const ORDERS = [
  'random',
  'confidence',
  'annealed',
  'purity',
  'halton',
  'raster',
  'ancestral',
] as const;
export type Order = (typeof ORDERS)[number];

/** How the share of masked tokens falls with progress; formulas in core/sampling/schedules.ts. */
export const SCHEDULES = ['cosine', 'linear', 'arccos', 'square', 'purity'] as const;
export type Schedule = (typeof SCHEDULES)[number];
