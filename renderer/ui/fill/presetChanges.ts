import { PRESETS, type Preset } from '../../../core/sampling/presets.ts';
import type { FillSettings } from '../../state/fillSettings.svelte.ts';

/** What rows under "Advanced" do with the preset: tell whether a part of it was changed, change it, and reset it. */
export function presetEditor(settings: FillSettings) {
  return {
    isChanged: (key: keyof Preset): boolean => key in settings.changes,
    set:
      <Key extends keyof Preset>(key: Key) =>
      (value: Preset[Key]): void => {
        settings.changes = changed(settings.changes, PRESETS[settings.preset], key, value);
      },
    reset: (key: keyof Preset) => (): void => {
      settings.changes = unchanged(settings.changes, key);
    },
  };
}

/** The changes to a preset after one more; what equals the preset again is none. */
export function changed<Key extends keyof Preset>(
  changes: Partial<Preset>,
  preset: Preset,
  key: Key,
  value: Preset[Key],
): Partial<Preset> {
  const same = JSON.stringify(preset[key]) === JSON.stringify(value);
  return same ? unchanged(changes, key) : { ...changes, [key]: value };
}

/** The changes without one of them. */
export function unchanged(changes: Partial<Preset>, key: keyof Preset): Partial<Preset> {
  return Object.fromEntries(Object.entries(changes).filter(([name]) => name !== key));
}
