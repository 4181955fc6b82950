import { describe, expect, it } from 'vitest';
import { samplingOf } from '../../../../../core/fill/settings.ts';
import { PRESETS } from '../../../../../core/sampling/presets.ts';
import { changesOf, parseRemasking, samplingFrom } from '../../../../../electron/cli/shared/sampling.ts';

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
    expect(samplingOf({ preset: 'draft', changes: changesOf(flags), usual: null })).toEqual(
      samplingFrom(flags),
    );
    expect(changesOf({ ...plain, steps: 3, topK: 5 })).toEqual({ steps: 3, filters: { topK: 5 } });
  });
});

describe('--remasking', () => {
  it('reads every kind', () => {
    expect(parseRemasking('none')).toEqual({ kind: 'none' });
    expect(parseRemasking('cap:0.05')).toEqual({ kind: 'cap', eta: 0.05 });
    expect(parseRemasking('rescale:0.1')).toEqual({ kind: 'rescale', eta: 0.1 });
    expect(parseRemasking('conf:1')).toEqual({ kind: 'conf', eta: 1 });
    const loop = { kind: 'loop', eta: 0.02, from: 0.4, to: 0.9 };
    expect(parseRemasking('loop:0.02:0.4:0.9')).toEqual(loop);
    expect(parseRemasking('loop:0.02:0.4:0.9:0.8')).toEqual({ ...loop, alpha: 0.8 });
  });

  it.each([
    '',
    'never',
    'cap',
    'none:1',
    'cap:2',
    'cap:x',
    'loop:0.1',
    'loop:0.1:0.9:0.4',
    'loop:0.1:0:1',
    'loop:0.1:0.4:0.9:1',
  ])('refuses "%s"', (text) => {
    expect(() => parseRemasking(text)).toThrow(/remasking/);
  });
});
