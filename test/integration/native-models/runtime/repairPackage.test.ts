import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { checkHashes, openPackageFolder } from '../../../../native-models/runtime/packageFolder.ts';
import { repairPackage } from '../../../../native-models/runtime/repairPackage.ts';
import { tinyWithWords } from '../../../fixtures/words/tinyWithWords.ts';
import { changedTiny, errorOf, temporaryFolder, TINY } from './fixtures.ts';
import { zip } from './zip.ts';

let user: string;
let folder: string;
beforeEach(() => {
  user = join(temporaryFolder(), 'packages');
  folder = join(user, 'tiny');
  mkdirSync(user);
  cpSync(TINY, folder, { recursive: true });
});

const at = (name: string): string => join(folder, name);

function damage(name: string): void {
  const bytes = readFileSync(at(name));
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(at(name), bytes);
}

function archiveOf(from: string): string {
  const archive = join(temporaryFolder(), 'copy.tspkg');
  const names = readdirSync(from);
  writeFileSync(archive, zip(names.map((name) => ({ name, data: readFileSync(join(from, name)) }))));
  return archive;
}

/** All files with their bytes, and nothing left beside the package. */
function contents(): Record<string, string> {
  expect(readdirSync(user)).toEqual(['tiny']);
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(at(name)).toString('base64')]),
  );
}

it('leaves what is intact as it is', async () => {
  expect(await repairPackage(folder, [])).toMatchObject({ restored: [] });
});

it.each(['folder', 'archive'])(
  'restores damaged and missing files from a %s, and touches no good one',
  async (kind) => {
    const whole = contents();
    damage('decoder.onnx');
    rmSync(at('denoiser.onnx'));
    mkdirSync(at('denoiser.onnx'));
    const good = statSync(at('encoder.onnx'));
    const { restored } = await repairPackage(folder, [kind === 'folder' ? TINY : archiveOf(TINY)]);
    expect(restored).toEqual(['decoder.onnx', 'denoiser.onnx']);
    expect(contents()).toEqual(whole);
    const { ino, mtimeMs } = statSync(at('encoder.onnx'));
    expect({ ino, mtimeMs }).toEqual({ ino: good.ino, mtimeMs: good.mtimeMs });
  },
);

it('knows a package whose manifest is damaged by its folder, from a copy that has its id', async () => {
  const whole = contents();
  writeFileSync(at('manifest.json'), '{');
  damage('encoder.onnx');
  const other = changedTiny({
    manifest(manifest) {
      manifest.id = 'other';
    },
  });
  const { restored } = await repairPackage(folder, [other, TINY]);
  expect(restored).toEqual(['manifest.json', 'encoder.onnx']);
  expect(contents()).toEqual(whole);
});

it('takes nothing from another build', async () => {
  damage('decoder.onnx');
  const before = contents();
  const other = changedTiny({
    manifest(manifest) {
      manifest.version = '2.0.0';
    },
  });
  const nothing = join(user, '..', 'nothing.tspkg');
  const error = await errorOf(repairPackage(folder, [other, archiveOf(other), nothing]));
  expect(error).toMatchObject({
    code: 'package',
    message: 'The package tiny 1.0.0 is damaged (decoder.onnx), and no copy of the same build was found.',
  });
  expect(contents()).toEqual(before);
});

it('restores nothing where the copy is damaged as well', async () => {
  damage('decoder.onnx');
  damage('encoder.onnx');
  const before = contents();
  const copy = changedTiny();
  cpSync(join(TINY, 'manifest.json'), join(copy, 'manifest.json')); // byte for byte
  writeFileSync(join(copy, 'encoder.onnx'), 'something else');
  const error = await errorOf(repairPackage(folder, [copy]));
  expect(error.message).toBe('encoder.onnx is damaged in the copy of the package tiny as well.');
  expect(contents()).toEqual(before);
});

it('restores words that lie beside the manifest, and brings none where none were', async () => {
  const words = join(temporaryFolder(), 'tiny');
  tinyWithWords(words);
  rmSync(folder, { recursive: true });
  cpSync(words, folder, { recursive: true });
  writeFileSync(at('manifest.words.json'), '{');
  expect((await openPackageFolder(folder)).addition).toBeNull();
  const { opened, restored } = await repairPackage(folder, [archiveOf(words)]);
  expect(restored).toEqual(['manifest.words.json']);
  expect(opened.addition).not.toBeNull();
  await checkHashes(opened);

  for (const name of readdirSync(folder)) if (name.includes('words')) rmSync(at(name));
  damage('encoder.onnx');
  expect((await repairPackage(folder, [words])).restored).toEqual(['encoder.onnx']);
  expect(readdirSync(folder).some((name) => name === 'manifest.words.json')).toBe(false);
});

it('stops on request and changes nothing', async () => {
  damage('decoder.onnx');
  const before = contents();
  expect(await errorOf(repairPackage(folder, [TINY], { aborted: true }))).toMatchObject({ code: 'aborted' });
  expect(contents()).toEqual(before);
});
