import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { picturesIn, withoutResults } from '../../../../../electron/cli/fill/inputs.ts';

let folder = '';
const at = (...names: string[]): string => path.join(folder, ...names);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tessera-inputs-'));
  for (const name of ['empty', 'photos', 'photos/more.jpg', 'out']) mkdirSync(at(name));
  for (const name of ['a10.jpg', 'a9.JPG', 'a9-mask.png', 'note.txt']) writeFileSync(at('photos', name), 'x');
  writeFileSync(at('out', 'a9.png'), 'x');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('a folder stands for its pictures, in the order of their numbers and without masks', async () => {
  expect(await picturesIn([at('photos'), 'other.png'])).toEqual([
    at('photos', 'a9.JPG'),
    at('photos', 'a10.jpg'),
    'other.png',
  ]);
  await expect(picturesIn([at('empty')])).rejects.toThrow('holds no pictures');
});

it('pictures whose results are all there can be left out', async () => {
  const pictures = await picturesIn([at('photos')]);
  const options = { out: at('out'), candidates: 1, force: false };
  expect(await withoutResults(pictures, options)).toEqual([at('photos', 'a10.jpg')]);
  expect(await withoutResults(pictures, { ...options, candidates: 2 })).toEqual(pictures);
});
