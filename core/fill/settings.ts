import type { PackageSampling } from '../model/manifest.ts';
import type { Prompt } from '../sampling/request.ts';
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
  readonly prompt: Prompt | null; // null for none
  readonly strength: number | null; // of a repair, above 0 and at most 1; null for a fill
  readonly usual: PackageSampling | null; // how the package is best drawn
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
  prompt: null,
  strength: null,
  usual: null,
};

/** Steps of a preset, as a share of those that a package says are best. */
const STEPS: Readonly<Record<PresetName, number>> = { draft: 0.5, balanced: 1, fine: 2 };

/** How a fill with these settings is sampled: the preset, as the package has it where it says so, with what a person changed. */
export function samplingOf({
  preset,
  changes,
  usual,
}: Pick<FillSettings, 'preset' | 'changes' | 'usual'>): Preset {
  return { ...presetOf(preset, usual), ...changes };
}

/** A preset as a package has it: its own settings in the place of those for the embedded one. */
export function presetOf(preset: PresetName, usual: PackageSampling | null): Preset {
  if (!usual) return PRESETS[preset];
  const { order, schedule, steps, temperature, gumbel, truncation, sharpening } = usual;
  return {
    ...PRESETS[preset],
    ...(order && { order }),
    ...(schedule && { schedule }),
    ...(steps !== undefined && { steps: Math.max(1, Math.round(STEPS[preset] * steps)) }),
    ...(temperature !== undefined && { temperature }),
    ...(gumbel !== undefined && { gumbel }),
    ...(truncation !== undefined && { filters: { truncation } }),
    ...(sharpening !== undefined && { sharpening }),
  };
}
