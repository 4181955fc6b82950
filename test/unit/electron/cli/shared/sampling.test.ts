import { describe, expect, it } from 'vitest';
import { samplingOf } from '../../../../../core/fill/settings.ts';
import { PRESETS } from '../../../../../core/sampling/presets.ts';
import { changesOf, samplingFrom } from '../../../../../electron/cli/shared/sampling.ts';

const plain = { preset: 'draft', candidates: 1 } as const;

describe('how a fill is drawn', () => {
  it('is the preset unless options say otherwise', () => {
    expect(samplingFrom(plain)).toEqual(PRESETS.draft);
    expect(changesOf(plain)).toEqual({});
  });

  it('takes every option over the preset, a 0 too', () => {
    const flags = {
      ...plain,
      steps: 3,
      order: 'raster',
      schedule: 'square',
      temperature: 0,
      gumbel: 0,
      topK: 1,
      topP: 0.5,
      truncation: 0.9,
      remasking: { kind: 'cap', eta: 0.1 },
    } as const;
    expect(samplingFrom(flags)).toEqual({
      steps: 3,
      order: 'raster',
      schedule: 'square',
      temperature: 0,
      gumbel: 0,
      filters: { topK: 1, topP: 0.5, truncation: 0.9 },
      remasking: { kind: 'cap', eta: 0.1 },
    });
    expect(samplingOf({ preset: 'draft', changes: changesOf(flags) })).toEqual(samplingFrom(flags));
    expect(changesOf({ ...plain, steps: 3, topK: 5 })).toEqual({ steps: 3, filters: { topK: 5 } });
  });
});
