import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFolders } from '../../../../../electron/main/files/folders.ts';
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
