import type { FillRequest } from './request.ts';

/** The part of a request that decides how a fill is drawn; the rest says what is filled. */
export type Preset = Pick<
  FillRequest,
  'order' | 'schedule' | 'steps' | 'temperature' | 'gumbel' | 'filters' | 'remasking' | 'sharpening'
>;

export type PresetName = 'draft' | 'balanced' | 'fine';

/**
 * Settings that belong together, chosen on a grid (`presets.md` beside the embedded package) and by eye. The most certain
 * tokens first are the plainest ones, and a fill that begins with them runs to flat blots; far from one another they cannot
 * agree on that. Cooler than 0.7 fills lose texture; warmer ones have more of it, and now and then a thing that is not
 * there. More steps than eight show in the time, and in the figures only where it is warm.
 */
const BALANCED: Preset = {
  order: 'halton',
  schedule: 'cosine',
  steps: 8,
  temperature: 0.7,
  gumbel: 3,
  filters: {},
  remasking: { kind: 'none' },
};

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  draft: { ...BALANCED, steps: 4 },
  balanced: BALANCED,
  fine: { ...BALANCED, steps: 24, temperature: 0.9 },
};

export const DEFAULT_PRESET: PresetName = 'balanced';
