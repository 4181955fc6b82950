import type { Editor } from '../../state/editor.svelte.ts';
import type { PackageInfo } from '../../../core/contract/packageApi.ts';
import type { FramePlan } from '../../../core/frames/planFrames.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import { holeIn } from '../../../core/frames/hole.ts';
import { fillTime, WORTH_SAYING } from '../../../core/fill/fillTime.ts';
import { presetOf } from '../../../core/fill/settings.ts';
import type { PackageSampling } from '../../../core/model/manifest.ts';
import type { PresetName } from '../../../core/sampling/presets.ts';
import { translated } from '../../state/texts.svelte.ts';

/** Why nothing can be filled now, and what to do: one sentence; null where a fill can be asked for. */
export function whyNoFill({ active, packages, fillSettings }: Editor): string | null {
  if (active === null) return 'Open a picture first.';
  if (packages.list.length === 0) return 'No model package is installed.';
  const info = packages.byRef(fillSettings.package);
  if (info === null) return 'Choose a package in the Model panel.';
  if (!info.fills) return noDenoiser(info, packages.list);
  const { selection, frame } = active.current;
  // A frame that reaches out of the picture asks for what lies there, also where nothing is selected.
  if (frame !== null && active.fill.plans.length > 0) return null;
  if (selection.tiles.size === 0) return 'Paint over what you want to remove.';
  // Where frames are chosen by themselves they follow a moment later, and there is always one.
  if (frame === null) return null;
  return 'Move the frame over the selection.';
}

/** @param list all packages, so that those that can are offered */
function noDenoiser({ name }: PackageInfo, list: readonly PackageInfo[]): string {
  const able = list.filter(({ fills }) => fills).map((other) => other.name);
  const advice = able.length > 0 ? `choose ${able.join(' or ')}` : 'add a model';
  return `${name} has no denoiser: ${advice} in the Model panel.`;
}

/** How many tokens the frames of a fill will refill. */
export function holeTokens(selection: Raster, plans: readonly FramePlan[]): number {
  return plans.reduce((sum, plan) => sum + holeIn(selection, plan).cells.size, 0);
}

/** About how long the next fill takes on this machine, ms; null where that is not known, or not worth saying. */
export function timeOfNextFill(
  { packages, fillSettings }: Editor,
  plans: readonly FramePlan[],
): number | null {
  const info = packages.byRef(fillSettings.package);
  if (info?.pass == null || plans.length === 0) return null;
  const guidance = fillSettings.guidance ?? info.prompt?.guidance ?? 1;
  const isLed = info.prompt !== null && `${fillSettings.prompt}${fillSettings.negative}`.trim() !== '';
  const { candidates, sampling } = fillSettings;
  const time = fillTime({
    plans,
    window: info.window,
    steps: sampling.steps,
    candidates,
    guided: isLed && guidance !== 1,
    pass: info.pass,
  });
  return time > WORTH_SAYING ? time : null;
}

const MEANINGS: Readonly<Record<PresetName, string>> = {
  draft: 'quick preview',
  balanced: 'good for most fills',
  fine: 'twice as long and more texture, for grass, leaves or stone',
};

/** What a preset means, in one line. */
export function presetMeaning(name: PresetName, usual: PackageSampling | null = null): string {
  return `${presetOf(name, usual).steps} steps: ${translated(MEANINGS[name])}.`;
}

export const PRESET_CHOICES = [
  { value: 'draft', label: 'Draft' },
  { value: 'balanced', label: 'Balanced' },
  { value: 'fine', label: 'Fine' },
] as const satisfies readonly { value: PresetName; label: string }[];
