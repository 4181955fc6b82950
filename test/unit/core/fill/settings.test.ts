import { describe, expect, it } from 'vitest';
import { presetOf, samplingOf } from '../../../../core/fill/settings.ts';
import { PRESETS } from '../../../../core/sampling/presets.ts';

const usual = { order: 'annealed', schedule: 'linear', steps: 12, gumbel: 2, truncation: 0.86 } as const;

describe('a preset', () => {
  it('is that of the embedded package where a package says nothing', () => {
    expect(presetOf('fine', null)).toBe(PRESETS.fine);
  });

  it('is as a package has it, with half and twice its steps', () => {
    expect(presetOf('balanced', usual)).toEqual({
      ...PRESETS.balanced,
      order: 'annealed',
      schedule: 'linear',
      steps: 12,
      gumbel: 2,
      filters: { truncation: 0.86 },
    });
    expect(presetOf('draft', usual).steps).toBe(6);
    expect(presetOf('fine', usual)).toMatchObject({ steps: 24, temperature: PRESETS.fine.temperature });
    expect(presetOf('draft', { steps: 1 }).steps).toBe(1);
  });

  it('gives way to what a person changed', () => {
    expect(samplingOf({ preset: 'draft', changes: { order: 'raster', steps: 3 }, usual })).toMatchObject({
      order: 'raster',
      steps: 3,
      schedule: 'linear',
    });
  });
});
