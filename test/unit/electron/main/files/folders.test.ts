import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFolders, openedOf } from '../../../../../electron/main/files/folders.ts';
import { createGrants } from '../../../../../electron/main/files/grants.ts';
import { PARAMS } from '../../../../../electron/main/ipc/schemas.ts';

let folder = '';
const grants = createGrants(() => undefined);
const folders = createFolders(grants);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tessera-folders-'));
  mkdirSync(path.join(folder, 'empty'));
  for (const name of ['b10.png', 'b9.jpg', 'b9_mask.png', 'note.txt'])
    writeFileSync(path.join(folder, name), 'x');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('the pictures of a chosen folder are granted for reading, by the order of their numbers', async () => {
  const read = await folders.read(folder, 'mask');
  expect(read.files.map(({ name, kind }) => [name, kind])).toEqual([
    ['b9_mask.png', 'mask'],
    ['b9.jpg', 'mask'],
    ['b10.png', 'mask'],
  ]);
  const { files } = await folders.read(folder, 'picture');
  expect(files.map(({ kind }) => kind)).toEqual(['mask', 'picture', 'picture']);
  expect(grants.find(read.files[1]!.id)).toMatchObject({ path: path.join(folder, 'b9.jpg'), access: 'read' });
  await expect(folders.read(path.join(folder, 'empty'), 'picture')).rejects.toThrow('holds no pictures');
});

it('opening a folder opens its pictures and projects, or the files of a model, and no hidden ones', async () => {
  const names = (files: string[]): string[] => files.map((file) => path.relative(folder, file));
  writeFileSync(path.join(folder, 'b11.tessera'), 'x');
  writeFileSync(path.join(folder, '._b9.jpg'), 'x');
  expect(names(await openedOf(folder))).toEqual(['b9_mask.png', 'b9.jpg', 'b10.png', 'b11.tessera']);
  mkdirSync(path.join(folder, 'model'));
  for (const name of ['model_index.json', 'config.json'])
    writeFileSync(path.join(folder, 'model', name), '{}');
  expect(names(await openedOf(path.join(folder, 'model')))).toEqual([path.join('model', 'model_index.json')]);
  await expect(openedOf(path.join(folder, 'empty'))).rejects.toThrow('The folder empty holds no pictures.');
});

it('a folder of more pictures than can be open at once says what to do', async () => {
  const many = path.join(folder, 'many');
  mkdirSync(many);
  for (let at = 0; at < 51; at++) writeFileSync(path.join(many, `${at}.png`), 'x');
  await expect(openedOf(many)).rejects.toMatchObject({
    code: 'limit',
    message: 'The folder many holds 51 pictures, and at most 50 go at once.',
    hint: 'Open some of them, or fill all of them by “Fill many…” in the File menu.',
  });
});

it('files are written only into a folder that was chosen for that, and under plain names', async () => {
  const { id } = await folders.read(folder, 'picture');
  await expect(folders.fileIn(id, 'x.png')).rejects.toThrow('not chosen');
  folders.write(folder);
  expect(await folders.fileIn(id, 'b9.jpg')).toMatchObject({ exists: true, file: { name: 'b9.jpg' } });
  const { file, exists } = await folders.fileIn(id, 'new.png');
  expect([exists, grants.find(file.id)]).toMatchObject([false, { access: 'write' }]);
  const taken = (name: string): boolean => PARAMS['files.saveIn'].safeParse({ folder: id, name }).success;
  expect(['a.png', '../a.png', 'a/b.png', '..', ''].map(taken)).toEqual([true, false, false, false, false]);
});
