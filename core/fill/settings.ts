import { DEFAULT_PRESET, type Preset, type PresetName, PRESETS } from '../sampling/presets.ts';

/** How a person wants a fill, wherever it is asked for. */
export interface FillSettings {
  readonly preset: PresetName;
  readonly changes: Partial<Preset>; // what replaces parts of the preset
  readonly candidates: number; // 1 .. 8
  readonly scale: number | null; // picture px per model px; null is chosen around the selection
  readonly feather: number; // px, inwards from the border of the selection
  readonly detail: number; // 0 .. 1
  readonly texture: number; // 0 .. 1: from the model's own pixels alone to the picture's patches alone
}

/** Patches of the picture draw the fill, but where nothing in the picture looks like it. */
export const DEFAULT_TEXTURE = 0.75;

/** A Balanced fill of one candidate. */
export const DEFAULT_SETTINGS: FillSettings = {
  preset: DEFAULT_PRESET,
  changes: {},
  candidates: 1,
  scale: null,
  feather: 0,
  detail: 1,
  texture: DEFAULT_TEXTURE,
};

/** How a fill with these settings is sampled. */
export function samplingOf({ preset, changes }: Pick<FillSettings, 'preset' | 'changes'>): Preset {
  return { ...PRESETS[preset], ...changes };
}
