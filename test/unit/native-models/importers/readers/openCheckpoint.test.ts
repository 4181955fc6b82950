import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCheckpoint } from '../../../../../native-models/importers/readers/openCheckpoint.ts';
import {
  call,
  dict,
  int,
  name,
  pickle,
  safetensorsFile,
  tensorArguments,
  text,
  torchFile,
  tuple,
  zip,
} from './hostileFiles.ts';

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
  test.each(Object.entries(golden))('%s holds the tensors that were put in', async (file, expected) => {
    const checkpoint = await openCheckpoint(fixture(file));
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

test('so is one of PyTorch', async () => {
  const [one, two] = ['ut_sampler.th', 'ut_sampler_legacy.th'] as const;
  await copyFile(fixture(one), path.join(folder, 'pytorch_model-00001-of-00002.bin'));
  await copyFile(fixture('views_legacy.pt'), path.join(folder, 'pytorch_model-00002-of-00002.bin'));
  const keys = [one, 'views_legacy.pt'].map((name) => Object.keys(golden[name]!));
  const map = keys.flatMap((names, i) =>
    names.map((key) => [key, `pytorch_model-0000${i + 1}-of-00002.bin`]),
  );
  const index = path.join(folder, 'pytorch_model.bin.index.json');
  await writeFile(index, JSON.stringify({ weight_map: Object.fromEntries(map) as unknown }));
  const checkpoint = await openCheckpoint(index);
  for (const [name, expected] of [
    ...Object.entries(golden[two]!),
    ...Object.entries(golden['views_legacy.pt']!),
  ])
    expect(await checkpoint.read(name)).toEqual(Float32Array.from(expected.values));
  await checkpoint.close();
});

describe('tensors without numbers that are read', () => {
  const rebuilt = (symbol: string, ...args: Buffer[]): Buffer => call(name('torch._utils', symbol), ...args);
  const storage = Buffer.concat([
    tuple(text('storage'), name('torch.storage', 'UntypedStorage'), text('0'), text('cpu'), int(4)),
    Buffer.from('Q'),
  ]);
  const [shape, strides, no] = [tuple(int(4)), tuple(int(1)), Buffer.of(0x89)];
  const type = (symbol: string): Buffer => name('torch', symbol);
  const float8 = rebuilt(
    '_rebuild_tensor_v3',
    storage,
    int(0),
    shape,
    strides,
    no,
    dict(),
    type('float8_e4m3fn'),
  );
  const meta = rebuilt('_rebuild_meta_tensor_no_storage', type('float32'), shape, strides, no);
  const own = call(
    name('torch._tensor', '_rebuild_from_type_v2'),
    name('torch._utils', '_rebuild_tensor_v2'),
    name('torch.nn', 'Buffer'),
    tuple(...tensorArguments()),
    dict(),
  );

  test('are listed, and named where they are needed', async () => {
    const file = path.join(folder, 'unread.pt');
    await writeFile(file, torchFile(pickle(dict(text('a'), float8, text('b'), meta, text('c'), own))));
    const checkpoint = await openCheckpoint(file);
    expect(checkpoint.tensors.get('a')).toEqual({
      name: 'a',
      dtype: 'float8_e4m3fn',
      shape: [4],
      unread: 'type',
    });
    await expect(checkpoint.read('a')).rejects.toThrow(
      'The tensor "a" of ' + file + ' is of the type "float8_e4m3fn", which Tessera does not read.',
    );
    await expect(checkpoint.read('b')).rejects.toThrow('was saved without its numbers (device "meta").');
    expect(await checkpoint.read('c')).toHaveLength(4);
    await checkpoint.close();
  });

  test('so are those that are spread over processes', async () => {
    const file = path.join(folder, 'spread.pt');
    const type = name('torch.distributed.tensor', 'DTensor');
    const inner = name('torch._utils', '_rebuild_wrapper_subclass');
    const spread = call(
      name('torch._tensor', '_rebuild_from_type_v2'),
      inner,
      type,
      tuple(type, name('torch', 'float32'), shape, strides),
      dict(),
    );
    await writeFile(file, torchFile(pickle(dict(text('a'), spread))));
    const checkpoint = await openCheckpoint(file);
    await expect(checkpoint.read('a')).rejects.toMatchObject({
      message: `The tensor "a" of ${file} is of the type "DTensor", which Tessera does not read.`,
      hint: 'Save the whole weights from one process (full_state_dict=True).',
    });
    await checkpoint.close();
  });

  test('in safetensors too', async () => {
    const file = path.join(folder, 'unread.safetensors');
    await writeFile(file, safetensorsFile({ w: { dtype: 'F8_E4M3', shape: [16], data_offsets: [0, 16] } }));
    const checkpoint = await openCheckpoint(file);
    await expect(checkpoint.read('w')).rejects.toThrow('is of the type "F8_E4M3"');
    await checkpoint.close();
  });
});

test('a tensor that safetensors left out, since another is the same, is there', async () => {
  const file = path.join(folder, 'tied.safetensors');
  const header = {
    __metadata__: { head: 'table', format: 'pt' },
    table: { dtype: 'F32', shape: [4], data_offsets: [0, 16] },
  };
  await writeFile(file, safetensorsFile(header));
  const checkpoint = await openCheckpoint(file);
  expect(await checkpoint.read('head')).toEqual(await checkpoint.read('table'));
  expect(checkpoint.identity('head')).toBe(checkpoint.identity('table'));
  await checkpoint.close();
});

test('a TorchScript program, which holds compressed entries, is called one', async () => {
  const file = path.join(folder, 'script.pt');
  const weights = pickle(dict());
  const entries = [
    ['a/data.pkl', weights],
    ['a/constants.pkl', weights],
    ['a/code/model.py', Buffer.from('x')],
  ] as const;
  await writeFile(file, zip(entries, { method: 8 }));
  await expect(openCheckpoint(file)).rejects.toThrow(
    'it is a TorchScript program instead of its weights alone',
  );
});
