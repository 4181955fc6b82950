import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { exportPackage } from '../../../../../electron/engine/packages/exportPackage.ts';
import { installPackage } from '../../../../../native-models/runtime/installPackage.ts';
import { openPackageFolder } from '../../../../../native-models/runtime/packageFolder.ts';
import { tinyWithWords } from '../../../../fixtures/words/tinyWithWords.ts';
import { errorOf, temporaryFolder, TINY } from '../../../native-models/runtime/fixtures.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = path.join(temporaryFolder(), 'tiny');
  cpSync(TINY, folder, { recursive: true });
  mkdirSync(path.join(folder, '..', 'out'));
  file = path.join(folder, '..', 'out', 'tiny.tspkg');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

const options = { signal: new AbortController().signal };

it('writes a file that installs as the same package, without what the package does not list', async () => {
  writeFileSync(path.join(folder, 'notes.txt'), 'mine');
  const told: number[] = [];
  await exportPackage(folder, file, { ...options, onProgress: (done) => told.push(done) });
  expect(told.at(-1)).toBe(1);
  const user = path.join(temporaryFolder(), 'packages');
  const { folder: place, ...installed } = await installPackage(file, user);
  expect(await openPackageFolder(TINY)).toEqual({ ...installed, folder: TINY });
  for (const name of readdirSync(TINY))
    expect(readFileSync(path.join(place, name))).toEqual(readFileSync(path.join(TINY, name)));
  expect(readdirSync(place).sort()).toEqual(readdirSync(TINY).sort());
});

it('takes along the words that were added', async () => {
  const words = path.join(temporaryFolder(), 'tiny');
  tinyWithWords(words);
  await exportPackage(words, file, options);
  const user = path.join(temporaryFolder(), 'packages');
  await installPackage(file, user);
  const [before, after] = [await openPackageFolder(words), await openPackageFolder(path.join(user, 'tiny'))];
  expect(after).toEqual({ ...before, folder: after.folder });
  expect(after.addition).not.toBeNull();

  // The same package without its words gets them; with them, it stays as it is.
  rmSync(path.join(user, 'tiny', 'manifest.words.json'));
  expect((await installPackage(file, user)).addition).toBe(before.addition);
  await exportPackage(TINY, file, options);
  expect((await installPackage(file, user)).addition).toBe(before.addition);
});

it('gives the same bytes at any time and in any zone', async () => {
  await exportPackage(folder, file, options);
  const first = readFileSync(file);
  vi.stubEnv('TZ', 'Asia/Tokyo');
  for (const name of readdirSync(folder)) utimesSync(path.join(folder, name), 1e9, 1e9);
  await exportPackage(folder, file, options);
  expect(readFileSync(file).equals(first)).toBe(true);
});

it('writes no damaged package, and leaves what was there', async () => {
  writeFileSync(file, 'before');
  const bytes = readFileSync(path.join(folder, 'decoder.onnx'));
  bytes[9]! ^= 1;
  writeFileSync(path.join(folder, 'decoder.onnx'), bytes);
  expect(await errorOf(exportPackage(folder, file, options))).toMatchObject({
    code: 'package',
    hint: 'Repair it in the Model panel, or with "tessera packages repair".',
  });
  expect(readFileSync(file, 'utf8')).toBe('before');
  expect(readdirSync(path.dirname(file))).toEqual(['tiny.tspkg']);
});

it('stops on request and leaves nothing', async () => {
  const stop = new AbortController();
  const exporting = exportPackage(folder, file, {
    signal: stop.signal,
    onProgress() {
      stop.abort();
    },
  });
  expect(await errorOf(exporting)).toMatchObject({ code: 'aborted' });
  expect(readdirSync(path.dirname(file))).toEqual([]);
});

it('says what is wrong with the place of the file', async () => {
  const nowhere = path.join(folder, 'none', 'tiny.tspkg');
  expect(await errorOf(exportPackage(folder, nowhere, options))).toMatchObject({ code: 'output' });
});
