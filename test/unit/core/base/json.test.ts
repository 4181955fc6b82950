import { expect, test } from 'vitest';
import { parsePlainJson } from '../../../../core/base/json.ts';
import { parseManifest } from '../../../../core/model/parseManifest.ts';
import { parseProject } from '../../../../core/document/projectFile.ts';
import { parseTokenFile } from '../../../../core/tokens/tokenFile.ts';

const DEEP = '['.repeat(10_000_000);

test('reads what JSON.parse reads', () => {
  const value = { a: [1, { b: 'x"]}[{' }], c: '\\"[[', d: [[[]]] };
  expect(parsePlainJson(JSON.stringify(value))).toEqual(value);
});

test.each(['[', '{"a":'])('what nests without end is refused before it is parsed: %s', (opening) => {
  expect(() => parsePlainJson(opening.repeat(100_000))).toThrow(SyntaxError);
});

test('brackets in texts do not count, nor do neighbours', () => {
  expect(parsePlainJson(JSON.stringify('['.repeat(1000)))).toHaveLength(1000);
  expect(parsePlainJson(`[${'[],'.repeat(1000)}[]]`)).toHaveLength(1001);
});

test.each([
  ['a token file', parseTokenFile],
  ['a project', parseProject],
  ['a package', parseManifest],
])('%s of ten million brackets is one sentence', (_what, parse) => {
  expect(() => parse(DEEP, '"it"')).toThrow(/not valid JSON/);
});
