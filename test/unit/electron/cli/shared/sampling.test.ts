import { Command } from 'commander';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samplingFlags } from '../../../../../core/sampling/flags.ts';
import { ORDERS, type Remasking, SCHEDULES } from '../../../../../core/sampling/request.ts';
import { samplingOf } from '../../../../../core/fill/settings.ts';
import { PRESETS } from '../../../../../core/sampling/presets.ts';
import {
  changesOf,
  parseRemasking,
  type SamplingFlags,
  samplingFrom,
  withSampling,
} from '../../../../../electron/cli/shared/sampling.ts';

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

const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const remasking: fc.Arbitrary<Remasking> = fc.oneof(
  fc.constant({ kind: 'none' } as const),
  fc.record({ kind: fc.constantFrom('cap', 'rescale', 'conf'), eta: share }),
  fc
    .record(
      { kind: fc.constant('loop' as const), eta: share, ends: fc.tuple(share, share), alpha: share },
      { requiredKeys: ['kind', 'eta', 'ends'] },
    )
    .filter(({ ends: [from, to] }) => from < to)
    .map(({ ends: [from, to], ...rest }) => ({ ...rest, from, to })),
);
const sampling = fc.record(
  {
    steps: fc.integer({ min: 1, max: 10_000 }),
    order: fc.constantFrom(...ORDERS),
    schedule: fc.constantFrom(...SCHEDULES),
    temperature: fc.double({ min: 0, max: 100, noNaN: true }),
    gumbel: fc.double({ min: 0, max: 1e9, noNaN: true }),
    filters: fc.record(
      { topK: fc.integer({ min: 1, max: 65_535 }), topP: share, truncation: share },
      { requiredKeys: [] },
    ),
    remasking,
    sharpening: share,
  },
  { requiredKeys: ['steps', 'order', 'schedule', 'temperature', 'gumbel', 'filters', 'remasking'] },
);

it('what is spelled out as flags is read as the same', () => {
  fc.assert(
    fc.property(sampling, (wanted) => {
      const command = withSampling(new Command()).exitOverride();
      const words = samplingFlags(wanted).flatMap(([name, value]) => [`--${name}`, value]);
      command.parse(words, { from: 'user' });
      expect(samplingFrom(command.opts<SamplingFlags>())).toMatchObject(wanted);
    }),
  );
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
