import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCheckpoint } from '../../../../../native-models/importers/readers/openCheckpoint.ts';

interface Expected {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

const FIXTURES = path.resolve(import.meta.dirname, '../../../../fixtures/importers');
const golden = JSON.parse(readFileSync(path.join(FIXTURES, 'golden.json'), 'utf8')) as Record<
  string,
  Record<string, Expected>
>;
const fixture = (name: string): string => path.join(FIXTURES, name);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tessera-readers-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('files that PyTorch and safetensors wrote', () => {
  test.each(Object.entries(golden))('%s holds the tensors that were put in', async (name, expected) => {
    const checkpoint = await openCheckpoint(fixture(name));
    expect([...checkpoint.tensors.keys()].sort()).toEqual(Object.keys(expected).sort());
    for (const [key, { dtype, shape, values }] of Object.entries(expected)) {
      expect(checkpoint.tensors.get(key)).toEqual({ name: key, dtype, shape });
      expect(await checkpoint.read(key), key).toEqual(Float32Array.from(values));
    }
    await checkpoint.close();
  });
});

test('whole numbers are read without rounding, fractions are refused', async () => {
  const checkpoint = await openCheckpoint(fixture('kinds.pt'));
  expect(await checkpoint.readIntegers('int64')).toEqual(BigInt64Array.of(1n, -2n, 2n ** 40n));
  expect(await checkpoint.readIntegers('bool')).toEqual(BigInt64Array.of(1n, 0n, 1n));
  await expect(checkpoint.readIntegers('float64')).rejects.toThrow('holds fractions');
  await expect(checkpoint.read('nothing')).rejects.toThrow('holds no tensor "nothing"');
  await checkpoint.close();
});

test('plain values beside the weights are kept, those of optimizers and classes are not', async () => {
  const checkpoint = await openCheckpoint(fixture('lightning.ckpt'));
  expect(Object.fromEntries(checkpoint.extras)).toEqual({
    epoch: 3,
    global_step: 1234,
    'pytorch-lightning_version': '1.0.8',
    'hyper_parameters.embed_dim': 4,
  });
  await checkpoint.close();
});

test('reading stops on request', async () => {
  const checkpoint = await openCheckpoint(fixture('kinds.pt'));
  await expect(checkpoint.read('float64', AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
  await checkpoint.close();
});

test('a model in several files is one checkpoint', async () => {
  await copyFile(fixture('kinds.safetensors'), path.join(folder, 'a-1.safetensors'));
  const keys = Object.keys(golden['kinds.safetensors']!);
  const index = path.join(folder, 'a.safetensors.index.json');
  const map = Object.fromEntries(keys.map((key) => [key, 'a-1.safetensors']));
  await writeFile(index, JSON.stringify({ weight_map: map }));
  const checkpoint = await openCheckpoint(index);
  expect([...checkpoint.tensors.keys()].sort()).toEqual(keys.sort());
  await checkpoint.close();

  await writeFile(index, JSON.stringify({ weight_map: { ...map, other: 'a-1.safetensors' } }));
  await expect(openCheckpoint(index)).rejects.toThrow('none of its files holds "other"');
  await writeFile(index, JSON.stringify({ weight_map: { ...map, other: '../a-1.safetensors' } }));
  await expect(openCheckpoint(index)).rejects.toThrow('is no file beside it');
});
