import type { FillSettings } from '../../state/fillSettings.svelte.ts';
import type { Order, Remasking, Schedule, TokenFilters } from '../../../core/sampling/request.ts';
import { presetOf } from '../../../core/fill/settings.ts';
import type { Preset } from '../../../core/sampling/presets.ts';

/** What rows under "Advanced" do with the preset: tell whether a part of it was changed, change it, and reset it. */
export function presetEditor(settings: FillSettings) {
  return {
    isChanged: (key: keyof Preset): boolean => key in settings.changes,
    set:
      <Key extends keyof Preset>(key: Key) =>
      (value: Preset[Key]): void => {
        settings.changes = changed(settings.changes, presetOf(settings.preset, settings.usual), key, value);
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

/** Filters with one of them set, or taken out. */
export function withFilter(
  filters: TokenFilters,
  key: keyof TokenFilters,
  value: number | undefined,
): TokenFilters {
  const others = Object.fromEntries(Object.entries(filters).filter(([name]) => name !== key));
  return value === undefined ? others : { ...others, [key]: value };
}

interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
}

export const ORDER_CHOICES: readonly Choice<Order>[] = [
  { value: 'confidence', label: 'Most certain first' },
  { value: 'annealed', label: 'Most certain first, as aMUSEd' },
  { value: 'purity', label: 'Purest first' },
  { value: 'halton', label: 'Evenly spread (Halton)' },
  { value: 'random', label: 'Random' },
  { value: 'raster', label: 'Row by row' },
  { value: 'ancestral', label: 'As the model was trained' },
];

export const SCHEDULE_CHOICES: readonly Choice<Schedule>[] = [
  { value: 'cosine', label: 'Cosine' },
  { value: 'arccos', label: 'Arccos' },
  { value: 'square', label: 'Square' },
  { value: 'linear', label: 'Linear' },
  { value: 'purity', label: 'Purity' },
];

export const REMASKING_CHOICES: readonly Choice<Remasking['kind']>[] = [
  { value: 'none', label: 'None' },
  { value: 'cap', label: 'Capped' },
  { value: 'rescale', label: 'Rescaled' },
  { value: 'conf', label: 'By confidence' },
  { value: 'loop', label: 'Loop' },
];

const FIRST_ETA = 0.1;

/** Another kind of remasking, with the strength that it had or a mild one. */
export function remaskingOf(kind: Remasking['kind'], before: Remasking): Remasking {
  if (kind === 'none') return { kind };
  const eta = before.kind === 'none' ? FIRST_ETA : before.eta;
  return kind === 'loop' ? { kind, eta, from: 0.5, to: 0.8 } : { kind, eta };
}
