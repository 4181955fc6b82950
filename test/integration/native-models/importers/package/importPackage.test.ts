import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { digestOf } from '../../../../../native-models/importers/package/digestOf.ts';
import { importPackage } from '../../../../../native-models/importers/package/importPackage.ts';
import { openCheckpoint } from '../../../../../native-models/importers/readers/openCheckpoint.ts';
import { recognise } from '../../../../../native-models/importers/recognise/recognise.ts';
import { findInstalled } from '../../../../../native-models/runtime/findPackages.ts';
import { loadPackage, loadParts } from '../../../../../native-models/runtime/loadPackage.ts';
import { errorOf, temporaryFolder } from '../../runtime/fixtures.ts';
import {
  UT_SAMPLER,
  UT_TOKENIZER,
  writeWeights,
} from '../../../../unit/native-models/importers/recognise/files.ts';
import { CHOICES, denoiserGolden, FAMILIES, farthest, floatsIn, picture, windowOf } from './golden.ts';

const FILES = ['vqgan_ema.th', 'absorbing_ema.th'].map((file) => path.join(FAMILIES, file));

test('what is made says where it comes from, and tells how far it is', async () => {
  const told: { what: string; done: number }[] = [];
  const folder = temporaryFolder();
  const made = await importPackage(await recognise(FILES), CHOICES, folder, {
    onProgress: (what, done) => told.push({ what, done }),
  });
  expect(made.folder).toBe(await findInstalled('imported', [folder]));
  expect(made.manifest.provenance).toMatchObject({
    tokenizer: { family: 'Unleashing Transformers', file: 'vqgan_ema.th' },
    denoiser: { file: 'absorbing_ema.th', bytes: statSync(FILES[1]!).size },
    precision: 'full',
  });
  expect(new Set(made.manifest.palette.order).size).toBe(32);
  expect(new Set(made.manifest.palette.colors).size).toBeGreaterThan(4);
  expect(told.map(({ done }) => done)).toEqual([...told.map(({ done }) => done)].sort((a, b) => a - b));
  expect(told.at(-1)).toEqual({ what: 'Looking at the codes', done: 1 });
});

test.each([
  ['half', 0.02],
  ['int8', 0.5],
] as const)('with %s it is smaller and nearly the same', async (precision, most) => {
  const { tokens, logits, heads } = denoiserGolden('absorbing_ema.th');
  const recognised = await recognise(FILES);
  const sizeOf = (made: { manifest: { files: Record<string, { bytes: number }> } }): number =>
    Object.values(made.manifest.files).reduce((sum, { bytes }) => sum + bytes, 0);
  const full = await importPackage(recognised, { ...CHOICES, heads }, temporaryFolder());
  const small = await importPackage(recognised, { ...CHOICES, heads, precision }, temporaryFolder());
  expect(sizeOf(small)).toBeLessThan(0.7 * sizeOf(full));
  const model = await loadPackage(small.folder);
  const far = farthest(await model.denoiser.predict(windowOf(tokens)), floatsIn(logits));
  expect(far).toBeGreaterThan(0);
  expect(far).toBeLessThan(most);
  await model.dispose();
});

test('two windows at once are the same as one after the other', async () => {
  const made = await importPackage(await recognise(FILES), CHOICES, temporaryFolder());
  const model = await loadParts(made.folder);
  const tokens = Int32Array.from({ length: 32 }, (_, i) => (i % 3 ? -1 : i));
  const predict = (batch: number, part: Int32Array): Promise<Float32Array> =>
    model.denoiser!.predict({
      batch,
      width: 4,
      height: 4,
      tokens: part,
      select: Int32Array.from(part.keys()),
    });
  const both = await predict(2, tokens);
  const second = await predict(1, tokens.slice(16));
  expect(farthest(both.slice(16 * 32), second)).toBe(0);
  await model.dispose();
});

test('an import that is stopped at any point leaves nothing', async () => {
  const recognised = await recognise(FILES);
  for (const stage of [
    'Reading the checkpoints',
    'Writing the models',
    'Trying the models',
    'Looking at the codes',
  ]) {
    const folder = temporaryFolder();
    const stop = new AbortController();
    const stopped = importPackage(recognised, CHOICES, folder, {
      signal: stop.signal,
      onProgress: (what) => {
        if (what === stage) stop.abort();
      },
    });
    expect(await errorOf(stopped)).toMatchObject({ code: 'aborted' });
    expect(readdirSync(folder)).toEqual([]);
  }
});

test('a checkpoint with the right names and the wrong tensors is refused, and leaves nothing', async () => {
  const folder = temporaryFolder();
  const at = (name: string): string => path.join(temporaryFolder(), name);
  const files = [writeWeights(at('vqgan.th'), UT_TOKENIZER), writeWeights(at('absorbing.th'), UT_SAMPLER)];
  const error = await errorOf(importPackage(await recognise(files), CHOICES, folder));
  expect(error).toMatchObject({ code: 'input' });
  expect(readdirSync(folder)).toEqual([]);
});

test('a tokenizer of another size than it says is refused', async () => {
  const recognised = await recognise([FILES[0]!]);
  const lying = { ...recognised, tokenizer: { ...recognised.tokenizer!, downsample: 4 } };
  const error = await errorOf(importPackage(lying, CHOICES, temporaryFolder()));
  expect(error).toMatchObject({ code: 'package' });
  const model = await loadParts((await importPackage(recognised, CHOICES, temporaryFolder())).folder);
  expect(model.denoiser).toBeNull();
  expect((await model.tokenizer.encode(picture())).grid.width).toBe(8);
  await model.dispose();
});

test.each([
  [NaN, 'NaN'],
  [-Infinity, 'infinite numbers'],
])('weights with %d are refused by name, and leave nothing', async (value, what) => {
  const folder = temporaryFolder();
  const bytes = readFileSync(FILES[1]!);
  const name = '_denoise_fn.ln_f.weight';
  const checkpoint = await openCheckpoint(FILES[1]!);
  const [first, second] = await checkpoint.read(name);
  await checkpoint.close();
  const found = Buffer.from(Float32Array.of(first!, second!).buffer);
  const at = bytes.indexOf(found);
  expect(bytes.lastIndexOf(found)).toBe(at);
  bytes.writeFloatLE(value, at + 4);
  const spoiled = path.join(temporaryFolder(), 'absorbing_ema.th');
  writeFileSync(spoiled, bytes);
  const error = await errorOf(importPackage(await recognise([FILES[0]!, spoiled]), CHOICES, folder));
  expect(error.message).toBe(`The checkpoint's ${name} holds ${what}, so its model cannot work.`);
  expect(readdirSync(folder)).toEqual([]);
});

test('weights of whole numbers, as quantised models have them, are refused by name', async () => {
  const checkpoint = await openCheckpoint(FILES[1]!);
  const shapes = [...checkpoint.tensors.values()].map(({ name, shape }) => [name, shape] as const);
  await checkpoint.close();
  const file = writeWeights(path.join(temporaryFolder(), 'absorbing.th'), Object.fromEntries(shapes));
  const error = await errorOf(importPackage(await recognise([FILES[0]!, file]), CHOICES, temporaryFolder()));
  expect(error.message).toMatch(
    /^The checkpoint's \S+ holds whole numbers \(uint8\), as quantised weights do\.$/,
  );
});

test('a model in several files is known again by all of them', async () => {
  const folder = temporaryFolder();
  const [index, shard] = ['model.safetensors.index.json', 'model-00001-of-00001.safetensors'];
  writeWeights(path.join(folder, shard), UT_SAMPLER);
  const map = Object.keys(UT_SAMPLER).map((name) => [name, shard]);
  const at = path.join(folder, index);
  writeFileSync(at, JSON.stringify({ weight_map: Object.fromEntries(map) as unknown }));
  const before = await digestOf(at);
  expect(await digestOf(at)).toBe(before);
  writeWeights(path.join(folder, shard), { ...UT_SAMPLER, '_denoise_fn.head.weight': [4, 8] });
  expect(await digestOf(at)).not.toBe(before);
});
