import { PRESETS, type PresetName } from '../../../core/sampling/presets.ts';

const MEANINGS: Readonly<Record<PresetName, string>> = {
  draft: 'quick, to see whether it goes the right way',
  balanced: 'good for most holes',
  fine: 'twice as long and more texture, for grass, leaves or stone',
};

/** What a preset means, in one line. */
export function presetMeaning(name: PresetName): string {
  return `${PRESETS[name].steps} steps: ${MEANINGS[name]}.`;
}

export const PRESET_CHOICES = [
  { value: 'draft', label: 'Draft' },
  { value: 'balanced', label: 'Balanced' },
  { value: 'fine', label: 'Fine' },
] as const satisfies readonly { value: PresetName; label: string }[];
