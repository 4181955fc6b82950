import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { maskFor, parseMaskTarget } from '../../../../electron/cli/fill/maskFor.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tessera-masks-'));
  const composed = 'caf\u00e9.png';
  for (const name of [
    'plain.png',
    'plain.jpg',
    'Upper.PNG',
    'Twice.png',
    'TWICE.webp',
    composed,
    'note.txt',
  ]) {
    writeFileSync(path.join(folder, name), 'x');
  }
  mkdirSync(path.join(folder, 'folder.png'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const find = async (picture: string): Promise<string> =>
  path.relative(folder, await maskFor(await parseMaskTarget(folder), picture));

it.each([
  ['a/plain.jpg', 'plain.png'],
  ['upper.png', 'Upper.PNG'],
  ['UPPER.jpg', 'Upper.PNG'],
  ['Twice.jpg', 'Twice.png'],
  ['cafe\u0301.jpg', 'caf\u00e9.png'],
  ['CAFE\u0301.jpg', 'caf\u00e9.png'],
])('the mask of %s is %s', async (picture, mask) => {
  expect(await find(picture)).toBe(mask);
});

it('a name that fits several in the same way is asked about', async () => {
  await expect(find('twice.jpg')).rejects.toThrow(/holds several masks for "twice.jpg": /);
});

it.each(['note.jpg', 'folder.jpg', 'none.jpg'])('there is none for %s', async (picture) => {
  await expect(find(picture)).rejects.toThrow(/holds no mask/);
});

it.each(['pa$$port', 'cash$&more'])('a path with {name} takes %s as it is', async (name) => {
  expect(await maskFor(await parseMaskTarget('m/{name}-mask.png'), `${name}.png`)).toBe(`m/${name}-mask.png`);
});
