import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Picture } from '../../../../../core/pixels/picture.ts';
import { toPicture } from '../../../../../core/pixels/planes.ts';
import { choicesIn, precisionOf } from '../../../../../native-models/importers/cost/origin.ts';
import { measureCost } from '../../../../../native-models/importers/cost/measureCost.ts';
import {
  type ImportChoices,
  importPackage,
} from '../../../../../native-models/importers/package/importPackage.ts';
import { recognise } from '../../../../../native-models/importers/recognise/recognise.ts';
import { COST_NAME, readCost } from '../../../../../native-models/runtime/costFile.ts';
import { openPackageFolder, type PackageFolder } from '../../../../../native-models/runtime/packageFolder.ts';
import { errorOf, temporaryFolder } from '../../runtime/fixtures.ts';
import { CHOICES, FAMILIES, picture } from '../package/golden.ts';

const TEXTS = path.join(FAMILIES, '..', 'texts');
const UNLEASHING = ['vqgan_ema.th', 'absorbing_ema.th'].map((file) => path.join(FAMILIES, file));
const SAMPLES: readonly Picture[] = [picture(32), picture(24)].map(toPicture);

async function imported(
  files: readonly string[],
  choices: Partial<ImportChoices>,
): Promise<{ made: PackageFolder; recognised: Awaited<ReturnType<typeof recognise>> }> {
  const recognised = await recognise(files);
  const made = await importPackage(recognised, { ...CHOICES, ...choices }, temporaryFolder());
  return { made, recognised };
}

test('a package as it was published costs nothing', async () => {
  const { made, recognised } = await imported(UNLEASHING, { heads: 4 });
  const cost = await measureCost(recognised, made, SAMPLES);
  expect(cost.tokenizer).toEqual({ loss: 0, likeness: null, sameCodes: 1 });
  expect(cost.denoiser!.now).toBe(cost.denoiser!.published);
  expect(cost.denoiser!.published).toBeGreaterThan(0);
  expect(cost.pictures).toBe(2);
});

test('16 bits cost little, and products of 8 bits more', async () => {
  const [half, int8] = await Promise.all(
    (['half', 'int8'] as const).map(async (precision) => {
      const { made, recognised } = await imported(UNLEASHING, { heads: 4, precision });
      return measureCost(recognised, made, SAMPLES);
    }),
  );
  const change = ({ denoiser }: typeof half & object): number =>
    Math.abs(denoiser!.now - denoiser!.published);
  expect(half!.tokenizer.likeness).toBeGreaterThan(40);
  expect(half!.tokenizer).toEqual(int8!.tokenizer); // its numbers are of 16 bits in both
  expect(half!.denoiser!.published).toBe(int8!.denoiser!.published);
  expect(change(half!)).toBeGreaterThan(0);
  expect(change(half!)).toBeLessThan(0.01);
  expect(change(int8!)).toBeGreaterThan(change(half!));
  expect(change(int8!)).toBeLessThan(0.2);
});

test('what is measured lies beside the package, which stays the same', async () => {
  const { made, recognised } = await imported(UNLEASHING, { precision: 'half' });
  expect(await readCost(made)).toBeNull();
  const told: number[] = [];
  const cost = await measureCost(recognised, made, SAMPLES, { onProgress: (done) => told.push(done) });
  expect(await readCost(made)).toEqual(cost);
  expect((await openPackageFolder(made.folder)).sha256).toBe(made.sha256);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(told.at(-1)).toBe(1);
  expect(readdirSync(path.dirname(made.folder))).toEqual(['imported']); // what was written aside is gone
  const file = path.join(made.folder, COST_NAME);
  writeFileSync(file, readFileSync(file, 'utf8').replace(made.sha256, 'another'));
  expect(await readCost(made)).toBeNull();
  for (const broken of ['', '{', '[]', 'x'.repeat(1 << 17)]) {
    writeFileSync(file, broken);
    expect(await readCost(made)).toBeNull();
  }
});

test('a stop at any point leaves the package as it was, and nothing beside it', async () => {
  const { made, recognised } = await imported(UNLEASHING, { precision: 'int8' });
  const before = readdirSync(made.folder);
  for (const point of [0, 0.1, 0.3, 0.45, 0.6, 0.8, 0.95]) {
    const stop = new AbortController();
    const stopped = measureCost(recognised, made, SAMPLES, {
      signal: stop.signal,
      onProgress: (done) => {
        if (done >= point) stop.abort();
      },
    });
    expect(await errorOf(stopped)).toMatchObject({ code: 'aborted' });
    expect(readdirSync(path.dirname(made.folder))).toEqual(['imported']);
    expect(readdirSync(made.folder)).toEqual(before);
  }
});

test('the disk holds one part as it was published, and never both', async () => {
  const { made, recognised } = await imported(UNLEASHING, { precision: 'half' });
  const folder = path.dirname(made.folder);
  const seen = new Set<string>();
  await measureCost(recognised, made, SAMPLES, {
    onProgress: () => {
      const aside = readdirSync(folder).find((name) => name !== 'imported');
      const models = readdirSync(path.join(folder, aside!), { recursive: true }).map(String);
      seen.add(
        models
          .filter((name) => name.endsWith('.data'))
          .map((name) => path.basename(name))
          .sort()
          .join(),
      );
    },
  });
  expect([...seen].filter((names) => names.includes('denoiser'))).toEqual(['denoiser.data']);
  expect(seen).toContain('decoder.data,encoder.data');
});

test('other files than those that it was made of are refused', async () => {
  const { made } = await imported(UNLEASHING, { precision: 'half' });
  const other = await recognise([path.join(FAMILIES, 'taming.ckpt')]);
  const error = await errorOf(measureCost(other, made, SAMPLES));
  expect(error).toMatchObject({
    code: 'usage',
    message: 'The package imported was not made of these files.',
    hint: 'Give those that it was made of: vqgan_ema.th, absorbing_ema.th.',
  });
  const alone = await recognise([UNLEASHING[0]!]);
  expect(await errorOf(measureCost(alone, made, SAMPLES))).toMatchObject({ code: 'usage' });
});

test('what a person said at the import counts', async () => {
  const choices = { precision: 'int8', heads: 4, classId: 3, guidance: 1.5 } as const;
  const { made } = await imported(
    ['ImageNet_tiny.pth', 'vq_ds16_c2i.pt'].map((file) => path.join(FAMILIES, file)),
    choices,
  );
  expect(choicesIn(made.manifest)).toEqual(choices);
  expect(precisionOf(made.manifest)).toBe('int8');
  expect(precisionOf({ provenance: {} })).toBeNull();
});

test.each([
  ['a tokenizer alone', [path.join(FAMILIES, 'vq-f4-noattn.ckpt')]],
  ['a model with classes', ['ImageNet_tiny.pth', 'vq_ds16_c2i.pt'].map((file) => path.join(FAMILIES, file))],
  ['a model that is led by texts', [path.join(TEXTS, 'vq-diffusion')]],
  [
    'a model that uses some of the codes',
    ['ithq_learnable.pth', 'taming_vqvae_16.pt']
      .map((file) => path.join(TEXTS, 'original', file))
      .concat(path.join(TEXTS, 'vq-diffusion', 'tokenizer')),
  ],
])('%s is measured, too', async (_what, files) => {
  const { made, recognised } = await imported(files, { precision: 'half' });
  const { tokenizer, denoiser } = await measureCost(recognised, made, SAMPLES);
  expect(tokenizer.likeness ?? Infinity).toBeGreaterThan(30); // some files have numbers of 16 bits
  expect(tokenizer.sameCodes).toBeGreaterThan(0.9);
  expect(denoiser === null).toBe(made.manifest.denoiser === undefined);
  if (denoiser) expect(Math.abs(denoiser.now - denoiser.published)).toBeLessThan(0.02);
  expect(statSync(path.join(made.folder, COST_NAME)).size).toBeGreaterThan(0);
});
