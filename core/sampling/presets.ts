import type { FillRequest } from './request.ts';

/** The part of a request that decides how a fill is drawn; the rest says what is filled. */
export type Preset = Pick<
  FillRequest,
  'order' | 'schedule' | 'steps' | 'temperature' | 'gumbel' | 'filters' | 'remasking'
>;

export type PresetName = 'draft' | 'balanced' | 'fine';

/**
 * Settings that belong together. The temperature was chosen by eye: codes of the embedded package that look alike share
 * their probability, so at 0.9 a fill looks like a patchwork of them. The figures of `npm run bench -- quality` hardly tell
 * settings apart, and do not favour this one.
 */
const BALANCED: Preset = {
  order: 'confidence',
  schedule: 'cosine',
  steps: 12,
  temperature: 0.4,
  gumbel: 3,
  filters: {},
  remasking: { kind: 'none' },
};

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  draft: { ...BALANCED, steps: 6 },
  balanced: BALANCED,
  fine: { ...BALANCED, steps: 24 },
};

export const DEFAULT_PRESET: PresetName = 'balanced';
