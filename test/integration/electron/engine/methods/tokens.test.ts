import { readFileSync } from 'node:fs';
import { readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGrid, MASK } from '../../../../../core/tokens/grid.ts';
import type { TokenFile } from '../../../../../core/tokens/tokenFile.ts';
import { parseNpy } from '../../../../../electron/io/npy.ts';
import { temporaryFolder, TINY, tinyTokenizer } from '../../../native-models/runtime/fixtures.ts';
import { pattern } from '../../../core/fill/support.ts';
import { testEngine, type TestEngine } from '../harness.ts';

let engine: TestEngine;
let window: ReturnType<TestEngine['connect']>;
beforeAll(() => {
  engine = testEngine([path.dirname(TINY)]);
  window = engine.connect();
});
afterAll(() => {
  engine.stop();
});

const frame = { rect: { x: 4, y: 0, width: 64, height: 48 }, scale: 1, columns: 8, rows: 6 };
const region = { x: 4, y: 0, width: 60, height: 44 };
const seen = { package: 'tiny', frame, region, picture: pattern(60, 44).data };

test('a frame is encoded, measured, asked about and painted', async () => {
  const { grid, errors } = await window.call('tokens.encode', seen);
  expect([grid.width, grid.height, errors.length]).toEqual([8, 6, 48]);

  const done: number[] = [];
  const measured = await window.call(
    'tokens.measure',
    { package: 'tiny', grid },
    { onProgress: (progress) => done.push(progress.done) },
  );
  expect(done.at(-1)).toBe(1);
  expect(measured.probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);

  const { list } = await window.call('tokens.suggest', { ...seen, grid, hole: [9], cells: [10], count: 3 });
  expect(list).toHaveLength(3);
  const ids = grid.ids.with(10, list[0]!.id);
  const patch = await window.call('tokens.paint', {
    ...seen,
    before: grid,
    after: { ...grid, ids },
    cells: [10],
  });
  expect(patch).toEqual(list[0]!.patch);
  expect(patch.rect).toEqual({ x: 20, y: 8, width: 8, height: 8 });
});

test('painting is not kept waiting by a heat map', async () => {
  const grid = createGrid(40, 40, new Array<number>(1600).fill(3));
  const order: string[] = [];
  const measuring = window
    .call('tokens.measure', { package: 'tiny', grid }, { onProgress: () => order.push('pass') })
    .then(() => order.push('measured'));
  const before = createGrid(8, 6, new Array<number>(48).fill(1));
  const after = { ...before, ids: before.ids.with(20, 6) };
  const painting = window
    .call('tokens.paint', { ...seen, before, after, cells: [20] })
    .then(() => order.push('painted'));
  await Promise.all([measuring, painting]);
  expect(order.indexOf('painted')).toBeLessThan(order.indexOf('measured'));
});

test('a heat map can be given up', async () => {
  const controller = new AbortController();
  const measuring = window.call(
    'tokens.measure',
    { package: 'tiny', grid: createGrid(16, 16, new Array<number>(256).fill(2)) },
    {
      signal: controller.signal,
      onProgress() {
        controller.abort();
      },
    },
  );
  await expect(measuring).rejects.toMatchObject({ code: 'aborted' });
});

test('token files are written and read by grants, also with holes and pins', async () => {
  const folder = temporaryFolder();
  const grant = (id: string, name: string): void => {
    engine.tell({ kind: 'grant', id, path: path.join(folder, name), access: 'write', purpose: 'tokens' });
  };
  grant('json', 'tokens.json');
  grant('npy', 'tokens.npy');
  const tokens: TokenFile = {
    format: 1,
    package: { id: 'tiny', sha256: 'ab'.repeat(32) },
    width: 3,
    height: 2,
    ids: [1, MASK, 3, 4, 5, 6],
    pins: [2],
    provenance: [
      { kind: 'encoded' },
      { kind: 'missing' },
      { kind: 'painted' },
      { kind: 'filled', step: 2, probability: 0.25 },
      { kind: 'pinned' },
      { kind: 'encoded' },
    ],
    frame: { rect: { x: 0, y: 0, width: 24, height: 16 }, scale: 1 },
  };
  await window.call('tokens.write', { file: 'json', tokens });
  expect(await window.call('tokens.read', { file: 'json' })).toEqual(tokens);
  await window.call('tokens.write', { file: 'npy', tokens });
  expect(Array.from(parseNpy(readFileSync(path.join(folder, 'tokens.npy')), 'it').ids)).toEqual(tokens.ids);
  const read = await window.call('tokens.read', { file: 'npy' });
  expect(read).toMatchObject({ package: { id: '', sha256: '' }, width: 3, ids: tokens.ids, pins: [] });

  await expect(
    window.call('tokens.write', { file: 'json', tokens: { ...tokens, pins: [1] } }),
  ).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('cell 1 is pinned') as string });
  await expect(window.call('tokens.read', { file: 'never' })).rejects.toMatchObject({ code: 'usage' });
});

test('swatches are drawn once, kept on disk, and drawn again when the file is broken', async () => {
  const folder = path.join(temporaryFolder(), 'cache');
  const swatchesOf = async (): Promise<{ pixels: Uint8Array; told: number }> => {
    const fresh = testEngine([path.dirname(TINY)]);
    fresh.tell({ kind: 'cache', folder });
    let told = 0;
    const { pixels } = await fresh
      .connect()
      .call('package.swatches', { ref: 'tiny' }, { onProgress: () => told++ });
    fresh.stop();
    return { pixels, told };
  };
  const { pixels } = await swatchesOf();
  expect(pixels).toHaveLength(8 * 24 * 24 * 4);
  const [name] = await readdir(folder);
  const file = path.join(folder, name!);
  const kept = readFileSync(file);
  expect((await swatchesOf()).pixels).toEqual(pixels);
  await writeFile(file, kept.subarray(0, 1000));
  expect((await swatchesOf()).pixels).toEqual(pixels);
  expect(readFileSync(file)).toEqual(kept);
  expect(await window.call('package.swatches', { ref: 'tiny' })).toMatchObject({ side: 24, field: 3 });
  await expect(window.call('package.swatches', { ref: 'nothing' })).rejects.toMatchObject({
    code: 'package',
  });
});

test('a tokenizer alone encodes and paints, and says who can predict', async () => {
  const folder = temporaryFolder();
  await rename(tinyTokenizer('grey-tokenizer'), path.join(folder, 'grey-tokenizer'));
  const own = testEngine([folder, path.dirname(TINY)]);
  try {
    const client = own.connect();
    const listed = await client.call('package.list', null);
    expect(listed.map(({ id, fills }) => [id, fills])).toEqual([
      ['grey-tokenizer', false],
      ['tiny', true],
      ['tiny-all-logits', true],
    ]);
    const given = { ...seen, package: 'grey-tokenizer' };
    const { grid } = await client.call('tokens.encode', given);
    const after = { ...grid, ids: grid.ids.with(10, 7) };
    const patch = await client.call('tokens.paint', { ...given, before: grid, after, cells: [10] });
    expect(patch.rect).toEqual({ x: 20, y: 8, width: 8, height: 8 });
    const swatches = await client.call('package.swatches', { ref: 'grey-tokenizer' });
    expect(swatches.pixels.length).toBeGreaterThan(0);

    const refusal = {
      code: 'package',
      message:
        'The package grey-tokenizer has no denoiser: its tokens can be painted, and none can be predicted.',
      hint: 'These have one: tiny, tiny-all-logits.',
    };
    await expect(client.call('tokens.measure', { package: 'grey-tokenizer', grid })).rejects.toMatchObject(
      refusal,
    );
    await expect(
      client.call('tokens.suggest', { ...given, grid, hole: [], cells: [10], count: 3 }),
    ).rejects.toMatchObject(refusal);
  } finally {
    own.stop();
  }
});
