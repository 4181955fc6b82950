import path from 'node:path';
import { expect, test } from 'vitest';
import { givenFiles } from '../../../../../electron/main/files/given.ts';

const folder = path.resolve('/home/ann');
const inHome = (name: string) => path.join(folder, name);

test('an installed application is given files only', () => {
  expect(givenFiles(['/usr/bin/tessera', 'a.jpg', '--flag', '/tmp/b.png'], folder, false)).toEqual([
    inHome('a.jpg'),
    path.resolve('/tmp/b.png'),
  ]);
});

test('in a checkout the first argument is the application', () => {
  expect(givenFiles(['electron', '--no-sandbox', '.', 'a.jpg'], folder, true)).toEqual([inHome('a.jpg')]);
  expect(givenFiles(['electron', '.'], folder, true)).toEqual([]);
});

test('after -- everything is a file', () => {
  expect(givenFiles(['tessera', '--', '-odd.jpg', ''], folder, false)).toEqual([inHome('-odd.jpg')]);
});
