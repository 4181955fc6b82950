import path from 'node:path';
import { expect, test } from 'vitest';
import {
  describe as describeRecent,
  forget,
  recentId,
  recentSchema,
  remember,
  type RecentEntry,
} from '../../../../../electron/main/files/recent.ts';

const entry = (name: string): RecentEntry => ({
  path: path.resolve('/home/ann/pictures', name),
  kind: 'picture',
});

test('the newest comes first, each file once', () => {
  const list = remember(remember([entry('a'), entry('b')], entry('c')), entry('a'));
  expect(list).toEqual([entry('a'), entry('c'), entry('b')]);
  expect(forget(list, entry('c').path)).toEqual([entry('a'), entry('b')]);
});

test('the list stays short', () => {
  const many = Array.from({ length: 40 }, (_, i) => entry(`${i}`));
  expect(many.reduce<RecentEntry[]>(remember, [])).toHaveLength(12);
  expect(recentSchema.parse(many)).toHaveLength(12);
});

test('is described with a folder as people write it, and an id that does not tell the path', () => {
  const home = path.resolve('/home/ann');
  const described = describeRecent(entry('a.jpg'), home);
  expect(described).toMatchObject({ name: 'a.jpg', folder: `~${path.sep}pictures`, kind: 'picture' });
  expect(described.id).toBe(recentId(entry('a.jpg').path));
  expect(describeRecent(entry('a.jpg'), path.resolve('/home/an')).folder).toBe(
    path.resolve('/home/ann/pictures'),
  );
});

test('a picture that is none of ours is forgotten, and the file is not', () => {
  const looks = [
    'data:image/jpeg;base64,AA',
    'https://example.com/a.png',
    `data:image/png,${'x'.repeat(70_000)}`,
    3,
  ];
  const read = recentSchema.parse(looks.map((look, at) => ({ ...entry(`${at}`), look })));
  expect(read.map(({ look }) => look)).toEqual([looks[0], undefined, undefined, undefined]);
  expect(read.map((each) => describeRecent(each, '/').look)).toEqual([looks[0], null, null, null]);
});
