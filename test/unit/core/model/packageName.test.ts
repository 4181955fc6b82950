import { expect, test } from 'vitest';
import {
  compareVersions,
  idInName,
  nameWithVersion,
  versionName,
} from '../../../../core/model/packageName.ts';

test('versions are ordered as people count', () => {
  const given = ['1.10.0', '1.9', '2.0.0', '2.0.0-rc.2', '2.0.0-rc.10', '0.9', '10', 'second'];
  expect(given.toSorted(compareVersions)).toEqual([
    ...['0.9', '1.9', '1.10.0', '2.0.0-rc.2', '2.0.0-rc.10', '2.0.0', '10', 'second'],
  ]);
  expect(compareVersions('1.0', '1.0')).toBe(0);
});

test('any version becomes a plain part of a name', () => {
  expect(versionName('1.0.0+b2')).toBe('1.0.0+b2');
  expect(versionName('../2 @ b:c')).toBe('..-2-b-c');
  expect(nameWithVersion({ id: 'tiny', version: '2/0' })).toBe('tiny:2-0');
});

test.each([
  ['tiny', 'tiny'],
  ['tiny:2.0.0', 'tiny'],
  ['tiny@models.example.org:8000', 'tiny'],
  ['tiny:2.0.0@localhost:8000', 'tiny'],
])('the id in %s is %s', (name, id) => {
  expect(idInName(name)).toBe(id);
});
