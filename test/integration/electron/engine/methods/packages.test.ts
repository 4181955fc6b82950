import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  UT_SAMPLER,
  UT_TOKENIZER,
  writeWeights,
} from '../../../../unit/native-models/importers/recognise/files.ts';
import { temporaryFolder, TINY } from '../../../native-models/runtime/fixtures.ts';
import { zip } from '../../../native-models/runtime/zip.ts';
import { testEngine, type TestEngine } from '../harness.ts';

const user = path.join(temporaryFolder(), 'packages');
const files = temporaryFolder();
let engine: TestEngine;
let window: ReturnType<TestEngine['connect']>;
beforeAll(() => {
  engine = testEngine([user, path.resolve('native-models/packages')]);
  window = engine.connect();
});
afterAll(() => {
  engine.stop();
});

function grant(id: string, file: string): string {
  engine.tell({ kind: 'grant', id, path: file, access: 'read', purpose: 'model' });
  return id;
}

test('a package is recognised, added, listed as this user’s, and removed', async () => {
  const entries = readdirSync(TINY).map((name) => ({ name, data: readFileSync(path.join(TINY, name)) }));
  const archive = path.join(files, 'tiny.tspkg');
  writeFileSync(archive, zip(entries));
  const file = grant('archive', archive);
  const found = await window.call('package.recognise', { files: [file] });
  expect(found).toMatchObject({ kind: 'package', name: 'Tiny greys 1.0.0', license: 'MIT', missing: null });
  expect(found.parts.map(({ part, codes, pixels, side }) => [part, codes, pixels, side])).toEqual([
    ['tokenizer', 8, 8, null],
    ['denoiser', 8, null, 8],
  ]);
  expect(existsSync(user)).toBe(false);

  expect(await window.call('package.install', { file })).toMatchObject({ id: 'tiny', own: true });
  await window.call('package.load', { ref: 'tiny' });
  const listed = await window.call('package.list', null);
  expect(listed.map(({ id, own }) => [id, own])).toEqual([
    ['tiny', true],
    ['tessera-base', false],
  ]);
  await window.call('package.remove', { ref: 'tiny' });
  expect(readdirSync(user)).toEqual([]);
  await expect(window.call('package.remove', { ref: 'tessera-base' })).rejects.toMatchObject({
    message: 'The package tessera-base comes with Tessera and cannot be removed.',
  });
});

test('checkpoints become a package, which is listed, and a stop leaves nothing', async () => {
  const [sampler, vqgan] = ['absorbing_ema.th', 'vqgan_ema.th'].map((name) =>
    grant(name, path.resolve('test/fixtures/importers/families', name)),
  ) as [string, string];
  const found = await window.call('package.recognise', { files: [sampler, vqgan] });
  expect(found).toMatchObject({ missing: null, making: { classes: 0, quick: true } });
  const { full, half, int8 } = found.making!.bytes;
  expect([full > half, half > int8]).toEqual([true, true]);
  expect(Object.values(found.making!.fill!).every((ms) => ms > 0)).toBe(true);
  const asked = { files: [sampler, vqgan], name: found.name, license: '', classId: null } as const;

  const stop = new AbortController();
  const stopped = window.call(
    'package.import',
    { ...asked, precision: 'full' },
    {
      signal: stop.signal,
      onProgress: () => {
        stop.abort();
      },
    },
  );
  await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
  const told: number[] = [];
  const made = await window.call(
    'package.import',
    { ...asked, precision: 'int8' },
    { onProgress: ({ done }) => told.push(done) },
  );
  expect(made).toMatchObject({
    id: 'unleashing-transformers-f2-32-int8',
    name: 'Unleashing Transformers, 2 px, 32 codes (8 bit)',
    license: 'unknown',
    fills: true,
    own: true,
  });
  expect(told.at(-1)).toBe(1);
  expect(readdirSync(user)).toEqual([made.id]);
  await window.call('package.load', { ref: made.id });
  await expect(window.call('package.import', { ...asked, precision: 'int8' })).rejects.toMatchObject({
    message: `There is a package called ${made.id} already.`,
  });
  const mine = await window.call('package.import', { ...asked, name: 'My Ümläut', precision: 'half' });
  expect(mine).toMatchObject({ id: 'my-umlaut', name: 'My Ümläut' });
  expect([made.precision, made.cost, mine.precision]).toEqual(['int8', null, 'half']);

  // What it costs is measured on pictures.
  const coffee = path.resolve('assets/samples/coffee.png');
  engine.tell({ kind: 'grant', id: 'coffee', path: coffee, access: 'read', purpose: 'picture' });
  const measuring: number[] = [];
  const measured = await window.call(
    'package.measure',
    { ref: made.ref, files: [sampler, vqgan], samples: ['coffee'] },
    { onProgress: ({ done }) => measuring.push(done) },
  );
  expect(measured).toMatchObject({ id: made.id, sha256: made.sha256, cost: { pictures: 1 } });
  expect(measured.cost?.denoiser?.now).toBeGreaterThan(0);
  expect(measuring.at(-1)).toBe(1);
  expect(readdirSync(user).sort()).toEqual([mine.id, made.id].sort());
  for (const { ref } of [made, mine]) await window.call('package.remove', { ref });
});

test('checkpoints are told without their folders', async () => {
  const sampler = grant('sampler', writeWeights(path.join(files, 'absorbing_ema_2000000.th'), UT_SAMPLER));
  const vqgan = grant('vqgan', writeWeights(path.join(files, 'vqgan_ema_2200000.th'), UT_TOKENIZER));
  const alone = await window.call('package.recognise', { files: [sampler] });
  expect(alone.missing).toContain('is a second file');
  const found = await window.call('package.recognise', { files: [sampler, vqgan] });
  expect(found).toMatchObject({
    kind: 'checkpoints',
    name: 'Unleashing Transformers, 2 px, 8 codes', // churches and bedrooms have the same file names
    license: 'MIT (code); weights unstated',
    missing: null,
  });
  expect(JSON.stringify(found)).not.toContain(files);
  await expect(
    window.call('package.recognise', { files: [vqgan, grant('text', __filename)] }),
  ).rejects.toMatchObject({
    code: 'input',
  });
});
