import path from 'node:path';
import { expect, test } from 'vitest';
import { createRng, type Rng } from '../../../../../core/base/rng.ts';
import { fill } from '../../../../../core/sampling/fill.ts';
import { ledBy } from '../../../../../core/sampling/guidance.ts';
import type { FillRequest } from '../../../../../core/sampling/request.ts';
import { importPackage } from '../../../../../native-models/importers/package/importPackage.ts';
import { recognise } from '../../../../../native-models/importers/recognise/recognise.ts';
import { loadPackage, loadParts } from '../../../../../native-models/runtime/loadPackage.ts';
import { errorOf, temporaryFolder } from '../../runtime/fixtures.ts';
import {
  CHOICES,
  classesGolden,
  denoiserGolden,
  FAMILIES,
  farthest,
  floatsIn,
  grid,
  picture,
  tokenizerGolden,
  windowOf,
} from './golden.ts';

async function imported(files: readonly string[], choices = {}): Promise<string> {
  const recognised = await recognise(files.map((file) => path.join(FAMILIES, file)));
  return (await importPackage(recognised, { ...CHOICES, ...choices }, temporaryFolder())).folder;
}

const TOKENIZERS = [
  'vqgan_ema.th',
  'taming.ckpt',
  'taming_gumbel.ckpt',
  'vq-f4-noattn.ckpt',
  'vq_ds16_c2i.pt',
  'diffusers.bin',
  'diffusers_old.bin',
  'vqgan_jax_strongaug.ckpt',
];

test.each(TOKENIZERS)('%s encodes and decodes as its own network does', async (file) => {
  const expected = tokenizerGolden(file);
  const model = await loadParts(await imported([file]));
  expect(model.manifest.tokenizer).toMatchObject({ downsample: 2, codebook: { size: 32 } });
  const { grid: encoded, distances } = await model.tokenizer.encode(picture());
  expect(Array.from(encoded.ids)).toEqual(expected.ids);
  if (distances) expect(Math.min(...distances)).toBeGreaterThanOrEqual(0);
  const [low, high] = expected.range;
  const decoded = floatsIn(expected.decoded).map((value) => (value - low) / (high - low));
  expect(farthest((await model.tokenizer.decode(grid())).data, decoded)).toBeLessThan(1e-3);
  await model.dispose();
});

/** How the authors of each draw: the order of ours that is theirs, and how much noise it begins with. */
const UNLEASHING = { order: 'random', schedule: 'linear', gumbel: 0 } as const;
const LOOPS = [
  ['absorbing_ema.th', 'vqgan_ema.th', UNLEASHING],
  ['absorbing_legacy.th', 'vqgan_ema.th', UNLEASHING],
  // Its schedule is one of its own; seven steps over 16 tokens are those of the cosine.
  ['MaskGIT_ImageNet_256.pth', 'taming.ckpt', { order: 'annealed', schedule: 'cosine', gumbel: 4.5 }],
  ['mage-vitb-1600.pth', null, { order: 'confidence', schedule: 'cosine', gumbel: 6 }],
] as const;

test.each(LOOPS)('%s predicts and samples as its own', async (file, tokenizer, drawn) => {
  const { heads, tokens, logits, loop } = denoiserGolden(file);
  const model = await loadPackage(await imported(tokenizer ? [tokenizer, file] : [file], { heads }));
  expect(model.manifest.denoiser).toMatchObject({
    maskId: 32,
    window: { min: 4, max: 4, positions: 'fixed' },
  });
  const { order, gumbel } = model.manifest.sampling ?? UNLEASHING;
  expect({ order, gumbel }).toEqual({ order: drawn.order, gumbel: drawn.gumbel });
  expect(farthest(await model.denoiser.predict(windowOf(tokens)), floatsIn(logits))).toBeLessThan(1e-3);

  const cells = [...tokens.keys()];
  const request: FillRequest = {
    package: { id: model.id, sha256: model.sha256 },
    grid: { width: 4, height: 4, ids: cells.map(() => -1) },
    hole: cells,
    pins: [],
    seed: 0,
    candidates: 1,
    ...drawn,
    steps: loop.steps,
    temperature: 1,
    filters: {},
    remasking: { kind: 'none' },
  };
  let sampled: Int32Array | undefined;
  for await (const { candidates } of fill(request, model.denoiser, recorded(loop.noise)))
    sampled = candidates[0]!.ids;
  expect(Array.from(sampled!)).toEqual(loop.tokens);
  await model.dispose();
});

test.each([
  ['ImageNet_tiny.pth', 'vq_ds16_c2i.pt', 4],
  ['MaskGIT_ImageNet_256.pth', 'taming.ckpt', 1000],
])(
  '%s predicts as its own, for any picture, for a class, and led by it',
  async (file, tokenizer, classes) => {
    const { heads, tokens, logits, class: classId, classLogits } = classesGolden(file);
    const [any, one] = [floatsIn(logits), floatsIn(classLogits)];
    expect(farthest(any, one)).toBeGreaterThan(0.01);
    const led = one.map((value, i) => value + 2 * (value - any[i]!));
    for (const [choices, expected] of [
      [{}, any],
      [{ classId }, one],
      [{ classId, guidance: 2 }, led],
    ] as const) {
      const model = await loadPackage(await imported([tokenizer, file], { heads, ...choices }));
      expect(farthest(await model.denoiser.predict(windowOf(tokens)), expected)).toBeLessThan(1e-3);
      if (model.conditioner) {
        const { names } = model.manifest.denoiser!.classes!;
        expect(names).toHaveLength(classes);
        const conditions = [await model.conditioner.condition(names[classId]!)];
        const named = await model.denoiser.predict({ ...windowOf(tokens), conditions });
        expect(farthest(named, one)).toBeLessThan(1e-3);
        const prompt = { text: names[classId]!, negative: '', guidance: 3 };
        const asked = await (await ledBy(model, prompt)).predict(windowOf(tokens));
        expect(farthest(shares(asked), shares(led))).toBeLessThan(1e-3);
      } else expect(choices).toHaveProperty('classId');
      await model.dispose();
    }
    const error = await errorOf(imported([tokenizer, file], { heads, classId: classes }));
    expect(error.message).toBe(
      `This model has the classes 0 to ${classes - 1}, and ${classes} is none of them.`,
    );
  },
);

test.each(['imagenet_learnable.pth', 'imagenet_pretrained.pth'])(
  '%s predicts as its own, for no class and for one that is called by its name',
  async (file) => {
    const { heads, tokens, timestep, logits, class: classId, classLogits } = classesGolden(file);
    const model = await loadPackage(await imported([file], { heads }));
    const { denoiser, sampling } = model.manifest;
    expect(denoiser).toMatchObject({
      kind: 'mask-and-replace',
      steps: 20,
      timestep: true,
      conditioning: 'class',
    });
    expect(denoiser!.classes!.names).toHaveLength(1000);
    expect(denoiser!.classes!.none).toBe(1000);
    expect(sampling).toMatchObject({ order: 'ancestral', guidance: 1.5, truncation: 0.94 });
    const named = await model.conditioner!.condition('golden retriever');
    expect(named).toEqual({ kind: 'class', id: classId });
    const windows = { ...windowOf(tokens), timestep: timestep! };
    expect(farthest(await model.denoiser.predict(windows), floatsIn(logits))).toBeLessThan(1e-3);
    const led = await model.denoiser.predict({ ...windows, conditions: [named] });
    expect(farthest(led, floatsIn(classLogits))).toBeLessThan(1e-3);
    expect(farthest(led, floatsIn(logits))).toBeGreaterThan(0.01);
    await model.dispose();
  },
);

/** Rows of 32 logits as shares. */
function shares(logits: Float32Array): Float32Array {
  return logits.map((value, i) => {
    const row = logits.subarray(i - (i % 32), i - (i % 32) + 32);
    return Math.exp(value) / row.reduce((sum, one) => sum + Math.exp(one), 0);
  });
}

/** Gives the numbers that the official loop drew, in its order. */
function recorded(noise: readonly number[]): Rng {
  let at = 0;
  const rng: Rng = {
    ...createRng(0),
    uniform: () => noise[at++]!,
    gumbel: () => noise[at++]!,
    fork: () => rng,
  };
  return rng;
}
