import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { FilePurpose } from '../../../../../core/contract/engineHost.ts';
import { userPackages } from '../../../../../electron/io/packageFolders.ts';
import { openPackageFolder } from '../../../../../native-models/runtime/packageFolder.ts';
import { projectNeeding } from '../../../../fixtures/projects/needing.ts';
import { changedTiny, temporaryFolder, TINY } from '../../../native-models/runtime/fixtures.ts';
import { testEngine, type TestEngine } from '../harness.ts';

const files = temporaryFolder();
let user: string;
let engine: TestEngine;
let window: ReturnType<TestEngine['connect']>;
beforeAll(() => {
  vi.stubEnv('TESSERA_PACKAGES', '');
  for (const name of ['XDG_DATA_HOME', 'LOCALAPPDATA', 'HOME']) vi.stubEnv(name, files);
  user = userPackages();
  mkdirSync(user, { recursive: true });
  engine = testEngine([user, path.resolve('native-models/packages')]);
  window = engine.connect();
});
afterAll(() => {
  engine.stop();
  vi.unstubAllEnvs();
});

function grant(id: string, file: string, purpose: FilePurpose = 'model', access: 'read' | 'write' = 'read') {
  engine.tell({ kind: 'grant', id, path: file, access, purpose });
  return id;
}

const second = changedTiny({
  manifest(manifest) {
    manifest.version = '2.0.0';
  },
});

test('two versions stand side by side, and each is loaded by its own name', async () => {
  cpSync(TINY, path.join(user, 'tiny'), { recursive: true });
  const first = await window.call('package.load', { ref: 'tiny' });
  expect(first.version).toBe('1.0.0');

  const archive = path.join(files, 'second.tspkg');
  cpSync(second, path.join(files, 'second'), { recursive: true });
  const other = testEngine([files]);
  other.tell({ kind: 'grant', id: 'out', path: archive, access: 'write', purpose: 'model' });
  const told: number[] = [];
  const client = other.connect();
  await client.call(
    'package.export',
    { ref: 'tiny', file: 'out' },
    { onProgress: ({ done }) => told.push(done) },
  );
  expect(told.at(-1)).toBe(1);
  other.stop();

  const added = await window.call('package.install', { file: grant('second', archive) });
  expect(added).toMatchObject({ ref: 'tiny', version: '2.0.0' });
  const listed = (await window.call('package.list', null)).map(({ ref, version }) => [ref, version]);
  expect(listed.slice(0, 2)).toEqual([
    ['tiny', '2.0.0'],
    ['tiny:1.0.0', '1.0.0'],
  ]);
  expect((await window.call('package.load', { ref: 'tiny' })).sha256).toBe(added.sha256); // not what was in memory
  expect((await window.call('package.load', { ref: 'tiny:1.0.0' })).sha256).toBe(first.sha256);
  await window.call('package.remove', { ref: 'tiny' }).then(
    () => expect.fail('It was removed.'),
    (error: unknown) => {
      expect(error).toMatchObject({ code: 'usage' });
    },
  );
  await window.call('package.remove', { ref: 'tiny:2.0.0' });
  expect((await window.call('package.load', { ref: 'tiny' })).sha256).toBe(first.sha256);
});

test('a package is verified, found broken and repaired', async () => {
  expect(await window.call('package.verify', { ref: 'tiny' })).toBeNull();
  expect(await window.call('package.broken', null)).toEqual([]);
  const file = path.join(user, 'tiny', 'decoder.onnx');
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.toReversed());
  await expect(window.call('package.verify', { ref: 'tiny' })).rejects.toMatchObject({
    code: 'package',
    message: expect.stringContaining('decoder.onnx of the package tiny is damaged') as string,
  });
  rmSync(file);
  expect(await window.call('package.broken', null)).toEqual([
    { ref: 'tiny:1.0.0', message: 'decoder.onnx of the package tiny is missing.' },
  ]);
  await expect(window.call('package.repair', { ref: 'tiny', from: null })).rejects.toMatchObject({
    code: 'package',
  });
  const from = grant('copy', TINY);
  expect(await window.call('package.repair', { ref: 'tiny', from })).toEqual(['decoder.onnx']);
  expect(await window.call('package.broken', null)).toEqual([]);
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

test('what projects need is told, of those that can be read', async () => {
  const { sha256 } = await openPackageFolder(TINY);
  const needing = await projectNeeding(path.join(files, 'a.tessera'), { id: 'tiny', sha256 });
  const broken = path.join(files, 'b.tessera');
  writeFileSync(broken, 'no project');
  const projects = [grant('a', needing, 'project'), grant('b', broken, 'project')];
  expect(await window.call('package.needs', { projects })).toEqual([[{ id: 'tiny', sha256 }], null]);
});

test('packages are moved, and what is asked next is asked there', async () => {
  await window.call('package.load', { ref: 'tiny' });
  const there = path.join(files, 'there');
  const told: number[] = [];
  await window.call(
    'package.move',
    { folder: grant('folder', there, 'model', 'write') },
    { onProgress: ({ done }) => told.push(done) },
  );
  expect(told.at(-1)).toBe(1);
  expect(readdirSync(there)).toEqual(['tiny']);
  expect((await window.call('package.load', { ref: 'tiny' })).own).toBe(true);
  expect(await window.call('package.space', null)).toBeGreaterThan(0);
  await window.call('package.remove', { ref: 'tiny' });
  expect(readdirSync(there)).toEqual([]);
});
