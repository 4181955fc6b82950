import path from 'node:path';
import { expect, test } from 'vitest';
import { recognise } from '../../../../../native-models/importers/recognise/recognise.ts';
import { expectedFill } from '../../../../../native-models/importers/timing/expectedFill.ts';
import { blockSpeed } from '../../../../../native-models/importers/timing/machineSpeed.ts';
import { FAMILIES } from '../package/golden.ts';

test('a model with more to multiply takes longer by as much', async () => {
  const found = await recognise(
    ['vqgan_ema.th', 'absorbing_ema.th'].map((file) => path.join(FAMILIES, file)),
  );
  const { full, half, int8 } = (await expectedFill(found))!;
  expect(full).toBeGreaterThan(0);
  expect(half).toBe(full);
  expect(int8).toBeGreaterThan(0);

  const denoiser = found.denoiser!;
  const twice = await expectedFill({ ...found, denoiser: { ...denoiser, values: 2 * denoiser.values } });
  const more = await expectedFill({ ...found, denoiser: { ...denoiser, values: 3 * denoiser.values } });
  expect(more!.full - twice!.full).toBeCloseTo(twice!.full - full, 9);
  expect(twice!.full - full).toBeCloseTo(
    (8 * denoiser.values * denoiser.side ** 2) / (await blockSpeed(denoiser.side ** 2, 'float')), // 8 steps
    9,
  );
});

test('a prompt doubles the passes, and a tokenizer alone fills nothing', async () => {
  const texts = path.join(FAMILIES, '../texts/amused-512');
  const led = await recognise([texts]);
  const codec = (await expectedFill({ ...led, denoiser: { ...led.denoiser!, values: 0 } }))!.full;
  const unled = { ...led.denoiser!, family: 'unleashing-transformers' } as const; // Balanced has 8 steps, aMUSEd 12
  const passes = async (denoiser: typeof led.denoiser) =>
    (await expectedFill({ ...led, denoiser }))!.full - codec;
  expect((await passes(led.denoiser)) / (await passes(unled))).toBeCloseTo((12 * 2) / 8, 6);
  expect(await expectedFill({ ...led, denoiser: null })).toBeNull();
});
