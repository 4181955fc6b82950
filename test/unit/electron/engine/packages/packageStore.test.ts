import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import type { LoadedParts } from '../../../../../native-models/runtime/loadPackage.ts';
import {
  createPackageStore,
  type FoundPackage,
} from '../../../../../electron/engine/packages/packageStore.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const manifest = (id: string) => ({
  id,
  name: id.toUpperCase(),
  version: '1.0',
  license: 'MIT',
  tokenizer: { codebook: { size: 1024 }, downsample: 8, minSize: 128 },
  denoiser: { conditioning: 'none', window: { min: 16, max: 32, positions: 'any' } },
  palette: { order: [1, 0], colors: ['#000000', '#ffffff'] },
  files: { 'a.onnx': { bytes: 1 }, 'b.onnx': { bytes: 2 } },
});

/** Packages whose loading and freeing are noted; those in `broken` fail their first attempt to warm up. */
function shelf(ids: readonly string[], broken: readonly string[] = []) {
  const log: string[] = [];
  const failing = new Set(broken);
  const found = ids.map((ref) => {
    const [id, server = null] = ref.split('@') as [string, string?];
    return { ref, server, own: server === null, sha256: `hash of ${id}`, cost: null, manifest: manifest(id) };
  });
  const store = createPackageStore(
    {
      list: () => Promise.resolve(found as unknown as FoundPackage[]),
      open(ref) {
        const id = ref.replace(/@.*/, '');
        log.push(`open ${ref}`);
        const model = {
          id,
          sha256: `hash of ${id}`,
          manifest: manifest(id),
          provider: 'cpu',
          warmUp: () =>
            failing.delete(ref)
              ? Promise.reject(new TesseraError('package', 'Damaged.'))
              : Promise.resolve(void log.push(`warm ${ref}`)),
          dispose: () => Promise.resolve(void log.push(`free ${ref}`)),
        };
        return Promise.resolve(model as unknown as LoadedParts);
      },
    },
    1000,
  );
  return { store, log };
}

const never = new AbortController().signal;

test('lists each package once, and where it runs once it does', async () => {
  const { store } = shelf(['a', 'b', 'a']);
  expect((await store.list()).map(({ id, provider }) => [id, provider])).toEqual([
    ['a', ''],
    ['b', ''],
  ]);
  expect(await store.load('b', never)).toEqual({
    ref: 'b',
    id: 'b',
    server: null,
    sha256: 'hash of b',
    name: 'B',
    version: '1.0',
    license: 'MIT',
    provider: 'cpu',
    codes: 1024,
    downsample: 8,
    minSize: 128,
    fills: true,
    window: { min: 16, max: 32 },
    prompt: null,
    usual: null,
    pass: null,
    palette: { order: [1, 0], colors: ['#000000', '#ffffff'] },
    precision: null,
    cost: null,
    bytes: 3,
    own: true,
  });
  expect((await store.list()).map(({ provider }) => provider)).toEqual(['', 'cpu']);
});

test('loads once for all who ask, and warms up', async () => {
  const { store, log } = shelf(['a']);
  await Promise.all([store.load('a', never), store.load('a', never)]);
  expect(await store.use('a', never, ({ id }) => Promise.resolve(id))).toBe('a');
  expect(log).toEqual(['open a', 'warm a']);
});

test('frees what nobody has used for a while, and loads it again when it is asked for', async () => {
  const { store, log } = shelf(['a']);
  await store.load('a', never);
  await vi.advanceTimersByTimeAsync(900);
  await store.load('a', never);
  await vi.advanceTimersByTimeAsync(900);
  expect(log).not.toContain('free a');
  await vi.advanceTimersByTimeAsync(200);
  expect(log).toEqual(['open a', 'warm a', 'free a']);
  await store.load('a', never);
  expect(log).toHaveLength(5);
});

test('keeps what is in use, however long that takes', async () => {
  const { store, log } = shelf(['a']);
  const long = store.use('a', never, () => new Promise((resolve) => setTimeout(resolve, 5000)));
  await vi.advanceTimersByTimeAsync(4900);
  expect(log).toEqual(['open a', 'warm a']);
  await vi.advanceTimersByTimeAsync(200);
  await long;
  await vi.advanceTimersByTimeAsync(1000);
  expect(log.at(-1)).toBe('free a');
});

test('forgets a failure, frees what was opened, and tries again', async () => {
  const { store, log } = shelf(['a'], ['a']);
  await expect(store.load('a', never)).rejects.toThrow('Damaged.');
  expect(log).toEqual(['open a', 'free a']);
  await store.load('a', never);
  await vi.advanceTimersByTimeAsync(1100);
  expect(log).toEqual(['open a', 'free a', 'open a', 'warm a', 'free a']);
});

test('does no work for a caller who gave up while it was loading', async () => {
  const { store } = shelf(['a']);
  const abort = new AbortController();
  const work = vi.fn();
  const use = store.use('a', abort.signal, work);
  abort.abort();
  await expect(use).rejects.toMatchObject({ code: 'aborted' });
  expect(work).not.toHaveBeenCalled();
});

test('frees what runs on a server that is gone, and what is loaded in its place stays', async () => {
  const { store, log } = shelf(['a', 'a@here:1', 'a@there:2']);
  expect((await store.list()).map(({ ref, id, server }) => [ref, id, server])).toEqual([
    ['a', 'a', null],
    ['a@here:1', 'a', 'here:1'],
    ['a@there:2', 'a', 'there:2'],
  ]);
  for (const { ref } of await store.list()) await store.load(ref, never);
  await vi.advanceTimersByTimeAsync(500);
  await store.forgetServers(['there:2']);
  expect(log.slice(6)).toEqual(['free a@there:2']);
  await store.load('a@there:2', never);
  await vi.advanceTimersByTimeAsync(600); // the time of the one that was freed is over
  log.length = 0;
  await store.load('a@there:2', never);
  expect(log).toEqual([]);
});
