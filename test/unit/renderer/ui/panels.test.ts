import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../../../core/sampling/presets.ts';
import { empty } from '../../../../core/raster/make.ts';
import { applyPatch } from '../../../../core/raster/patch.ts';
import { writeRect } from '../../../../core/raster/write.ts';
import { planFills } from '../../../../core/fill/planFills.ts';
import { FillSettings } from '../../../../renderer/state/fillSettings.svelte.ts';
import { presetEditor, remaskingOf, withFilter } from '../../../../renderer/ui/fill/advanced.ts';
import { holeTokens, presetMeaning } from '../../../../renderer/ui/fill/nextFill.ts';
import type { Detail } from '../../../../core/document/details.ts';
import { detailsText } from '../../../../renderer/ui/history/detailsText.ts';
import { createParts, PART } from '../../../../renderer/ui/history/parts.ts';
import { placeText } from '../../../../renderer/ui/text/names.ts';

describe('Advanced', () => {
  it('changes a part of the preset and takes it back', () => {
    const settings = new FillSettings();
    const { isChanged, set, reset } = presetEditor(settings);
    set('steps')(20);
    set('temperature')(0.9);
    expect(settings.sampling).toMatchObject({ steps: 20, temperature: 0.9, order: PRESETS.balanced.order });
    expect([isChanged('steps'), isChanged('order')]).toEqual([true, false]);
    reset('steps')();
    expect(settings.changes).toEqual({ temperature: 0.9 });
  });

  it('does not count what equals the preset again as a change', () => {
    const settings = new FillSettings();
    const { set } = presetEditor(settings);
    set('remasking')({ kind: 'cap', eta: 0.1 });
    set('remasking')(PRESETS.balanced.remasking);
    expect(settings.changes).toEqual({});
  });

  it('keeps the strength when the kind of remasking changes', () => {
    expect(remaskingOf('rescale', { kind: 'cap', eta: 0.3 })).toEqual({ kind: 'rescale', eta: 0.3 });
    expect(remaskingOf('loop', { kind: 'none' })).toMatchObject({ kind: 'loop', from: 0.5, to: 0.8 });
    expect(remaskingOf('none', { kind: 'cap', eta: 0.3 })).toEqual({ kind: 'none' });
  });

  it('sets and lifts filters', () => {
    expect(withFilter({ topK: 5 }, 'topP', 0.9)).toEqual({ topK: 5, topP: 0.9 });
    expect(withFilter({ topK: 5, topP: 0.9 }, 'topK', undefined)).toEqual({ topP: 0.9 });
  });
});

it('tells what a preset means, with its steps', () => {
  expect(presetMeaning('draft')).toBe('4 steps: quick preview.');
});

it('counts the tokens that a fill will refill, as many as the frames will have missing', () => {
  const canvas = { x: -100, y: -40, width: 600, height: 400 };
  const rect = { x: 11, y: 60, width: 40, height: 24 };
  const nothing = empty(canvas, 1);
  const selection = applyPatch(nothing, writeRect(nothing, rect, new Uint8Array(40 * 24).fill(255)));
  const options = { downsample: 8, minSize: 64, window: { min: 8, max: 32 } };
  const plans = planFills({ canvas, selection, frame: null }, options);
  const [{ frame }] = plans as [(typeof plans)[0]];
  const unit = frame.rect.width / frame.columns;
  const cells = (start: number, length: number, origin: number): number =>
    Math.floor((start + length - 1 - origin) / unit) - Math.floor((start - origin) / unit) + 1;
  expect(holeTokens(selection, plans)).toBe(
    cells(rect.x, rect.width, frame.rect.x) * cells(rect.y, rect.height, frame.rect.y),
  );
  expect(holeTokens(nothing, plans)).toBe(0);
});

it('writes the details of a step in one line', () => {
  const plain = (details: readonly Detail[]): string => detailsText(details).replaceAll('\u00a0', ' ');
  expect(detailsText([{ kind: 'seed', seed: 7 }])).toBe('Seed\u00a07');
  expect(detailsText([{ kind: 'seed', seed: 7, candidate: 3 }])).toBe('Seed\u00a07:3');
  expect(plain([])).toBe('');
  expect(
    plain([
      { kind: 'preset', preset: 'balanced', changes: { steps: 20 } },
      { kind: 'seed', seed: 7 },
      { kind: 'candidate', number: 2, of: 4 },
      { kind: 'count', of: 'steps', count: 20 },
      { kind: 'scale', least: 1, most: 1.126 },
      { kind: 'length', of: 'feather', px: 4 },
      { kind: 'share', of: 'detail', share: 0.5 },
      { kind: 'share', of: 'texture', share: 0.75 },
      { kind: 'package', name: 'Tessera Base', version: '0.1.0' },
      { kind: 'duration', ms: 2345 },
    ]),
  ).toBe(
    'Balanced, changed · Seed 7 · Candidate 2 of 4 · Steps 20 · Scale 1 to 1.13 px per model px · Feather 4 px · ' +
      'Detail 50 % · Texture 75 % · Tessera Base 0.1.0 · 2.3 s',
  );
  expect(plain([{ kind: 'brush', size: 12, hardness: 0.8, opacity: 1 }])).toBe(
    '12 px · Hardness 80 % · Opacity 100 %',
  );
  expect(plain([{ kind: 'mix', tokens: 3, others: ['2', '3'], base: '1' }])).toBe(
    'Mix 3 tokens of candidate 2, 3 in 1',
  );
});

it('shows the texts of older projects as they were', () => {
  const details: Detail[] = [
    { kind: 'text', name: 'Preset', text: 'Balanced' },
    { kind: 'text', name: 'Seed', text: '7' },
  ];
  expect(detailsText(details)).toBe('Balanced · Seed\u00a07');
});

it('says where a package runs', () => {
  expect(placeText('cpu')).toBe('Processor (CPU)');
  expect(placeText('')).toBe('not used yet');
  expect(placeText('something new')).toBe('something new');
});

describe('a long history', () => {
  const steps = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => ({ id: from + i }));

  it('is shown in parts that stay when a step is added', () => {
    const first = steps(0, 4 * PART + 3);
    const split = createParts<{ id: number }>();
    const parts = split(first);
    expect(parts.flat()).toEqual(first);
    const longer = [...first, { id: 999 }];
    const next = split(longer);
    expect(next.flat()).toEqual(longer);
    expect(next.map((part, i) => part === parts[i])).toEqual([true, true, true, true, false]);
  });

  it('has other parts where steps were given up for another, or forgotten', () => {
    const first = steps(0, 2 * PART);
    const split = createParts<{ id: number }>();
    const parts = split(first);
    const branched = [...first.slice(0, PART + 5), ...steps(900, 945)];
    expect(split(branched).map((part, i) => part === parts[i])).toEqual([true, false]);
    const forgotten = first.slice(1);
    expect(split(forgotten).flat()).toEqual(forgotten);
  });
});
