import type { FillRequest } from './request.ts';

/** The part of a request that decides how a fill is drawn; the rest says what is filled. */
export type Preset = Pick<
  FillRequest,
  'order' | 'schedule' | 'steps' | 'temperature' | 'gumbel' | 'filters' | 'remasking'
>;

export type PresetName = 'draft' | 'balanced' | 'fine';

/**
 * Settings that belong together. The temperature is low because codes of the embedded package that look alike share their
 * probability: at 0.9 a fill is a patchwork of them, at 0.4 it runs on (`npm run bench -- quality`, and by eye).
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
