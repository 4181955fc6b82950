import { MAX_CANDIDATES } from '../../core/base/limits.ts';
import type { PackageSampling } from '../../core/model/manifest.ts';
import { DEFAULT_PRESET, type Preset, type PresetName, PRESETS } from '../../core/sampling/presets.ts';
import { DEFAULT_TEXTURE, samplingOf } from '../../core/fill/settings.ts';
import {
  isNumber,
  isOneOf,
  isText,
  isTexts,
  isWhole,
  persistedValues,
  restorePersisted,
} from './persistence.ts';
import { MOST_OVERLAP } from './tools.svelte.ts';

/** How the next fill is made. */
export class FillSettings {
  preset = $state<PresetName>(DEFAULT_PRESET);
  changes = $state.raw<Partial<Preset>>({}); // what "Advanced" changes about the preset
  candidates = $state(4); // 1 .. MAX_CANDIDATES
  seed = $state(1); // 0 .. 2^32 - 1
  first = $state(0); // the place of the first candidate among all of the seed, from 0
  seedLocked = $state(false); // else every fill takes a new one
  scale = $state<number | null>(null); // picture px per model px; null is chosen around the selection
  feather = $state(0); // document px, inwards from the border of the selection
  overlap = $state(0); // document px that may be redrawn around what is selected, 0 .. MOST_OVERLAP
  detail = $state(1); // 0 .. 1
  texture = $state(DEFAULT_TEXTURE); // 0 .. 1: from the model's own pixels to the picture's patches
  package = $state('tessera-base'); // ref
  usual = $state.raw<PackageSampling | null>(null); // how that package is best drawn
  prompt = $state(''); // for packages that take one
  negative = $state('');
  guidance = $state<number | null>(null); // null for what suits the package
  prompts = $state.raw<readonly string[]>([]); // used before, the newest first
  strength = $state(0.5); // of a repair, above 0 and at most 1

  sampling = $derived<Preset>(samplingOf(this));

  /** Keeps a prompt for the list of those that were used. */
  rememberPrompt(text: string): void {
    if (text === '') return;
    this.prompts = [text, ...this.prompts.filter((other) => other !== text)].slice(0, MAX_PROMPTS);
  }

  /** What stays between sessions, as plain JSON. */
  values(): Record<string, unknown> {
    return persistedValues(this, PERSISTED);
  }

  /** Takes over what is known and can be; the rest stays as it is. */
  restore(values: unknown): void {
    restorePersisted(this, PERSISTED, values);
  }
}

const MAX_PROMPTS = 20;

const PERSISTED = {
  preset: isOneOf(Object.keys(PRESETS)),
  candidates: isWhole(1, MAX_CANDIDATES),
  texture: isNumber(0, 1),
  overlap: isWhole(0, MOST_OVERLAP),
  package: isText,
  prompt: isText,
  negative: isText,
  prompts: isTexts(MAX_PROMPTS),
  strength: isNumber(0.01, 1),
};
