import type { FillRequest } from './request.ts';

/** The part of a request that decides how a fill is drawn; the rest says what is filled. */
export type Preset = Pick<
  FillRequest,
  'order' | 'schedule' | 'steps' | 'temperature' | 'gumbel' | 'filters' | 'remasking'
>;

export type PresetName = 'draft' | 'balanced' | 'fine';

/** Settings that belong together: on MaskGIT weights temperature moves quality more than the order does. */
export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  draft: {
    order: 'confidence',
    schedule: 'cosine',
    steps: 6,
    temperature: 0.9,
    gumbel: 3,
    filters: {},
    remasking: { kind: 'none' },
  },
  balanced: {
    order: 'confidence',
    schedule: 'cosine',
    steps: 12,
    temperature: 0.9,
    gumbel: 3,
    filters: {},
    remasking: { kind: 'none' },
  },
  fine: {
    order: 'halton',
    schedule: 'arccos',
    steps: 24,
    temperature: 0.95,
    gumbel: 0,
    filters: {},
    remasking: { kind: 'cap', eta: 0.05 },
  },
};

export const DEFAULT_PRESET: PresetName = 'balanced';
