import type { Preset } from './presets.ts';
import type { Remasking } from './request.ts';

/** What decides how a fill is drawn, by the names that the command line has for it. */
export const SAMPLING_FLAGS = {
  steps: 'steps',
  order: 'order',
  schedule: 'schedule',
  temperature: 'temperature',
  gumbel: 'gumbel',
  topK: 'top-k',
  topP: 'top-p',
  truncation: 'truncation',
  remasking: 'remasking',
  sharpening: 'sharpening',
} as const;

/** Spells out how a fill is drawn, in words that the command line reads as the same. */
export function samplingFlags({ filters, remasking, ...plain }: Preset): [name: string, value: string][] {
  const values: Record<keyof typeof SAMPLING_FLAGS, string | number | undefined> = {
    ...{ topK: undefined, topP: undefined, truncation: undefined, sharpening: undefined },
    ...plain,
    ...filters,
    remasking: remaskingText(remasking),
  };
  return Object.entries(SAMPLING_FLAGS).flatMap(([key, name]) => {
    const value = values[key as keyof typeof SAMPLING_FLAGS];
    return value === undefined ? [] : [[name, `${value}`]];
  });
}

function remaskingText(remasking: Remasking): string {
  if (remasking.kind === 'none') return 'none';
  if (remasking.kind !== 'loop') return `${remasking.kind}:${remasking.eta}`;
  const { eta, from, to, alpha } = remasking;
  return ['loop', eta, from, to, ...(alpha === undefined ? [] : [alpha])].join(':');
}
