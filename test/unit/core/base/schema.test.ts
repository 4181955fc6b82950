import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  between,
  firstIssue,
  newerFormat,
  parseJson,
  schemaPath,
  whole,
} from '../../../../core/base/schema.ts';

const issueOf = (schema: z.ZodType, value: unknown): string => firstIssue(schema.safeParse(value).error!);

describe('schemas of numbers', () => {
  test('say what they take, whatever is wrong', () => {
    for (const wrong of [0, 5, 1.5, '3', null]) {
      expect(issueOf(z.object({ side: whole(1, 4) }), { side: wrong })).toBe(
        'side must be a whole number from 1 to 4',
      );
    }
    expect(issueOf(whole(1), 0)).toBe('all of it must be a whole number of at least 1');
    expect(issueOf(whole(0, 9, 'a code'), -1)).toBe('all of it must be a code');
    expect(issueOf(between(0, 1), 1.1)).toBe('all of it must be a number from 0 to 1');
    expect(whole(1).parse(2 ** 40)).toBe(2 ** 40);
    expect(between(0, 1).parse(0.5)).toBe(0.5);
  });
});

test.each([
  [z.tuple([z.number()]), [null], '[0] must be a number'],
  [z.record(z.string(), z.boolean()), { a: 1 }, 'a must be true or false'],
  [z.object({ a: z.array(z.string()) }), { a: {} }, 'a must be a list'],
  [z.enum(['x', 'y']), 'z', 'all of it must be x or y'],
  [z.strictObject({}), { b: 1 }, 'all of it must be without b'],
  [z.array(z.int()).min(1), [], 'all of it must be at least 1'],
  [z.number().max(3), 4, 'all of it must be at most 3'],
  [z.union([z.string(), z.null()]), 4, 'all of it must be of another kind'],
])('a schema without words of its own has none of its library', (schema, value, issue) => {
  expect(issueOf(schema, value)).toBe(issue);
});

test('places are written as JavaScript would', () => {
  expect(schemaPath([])).toBe('');
  expect(schemaPath(['files', 'a.onnx', 'bytes'])).toBe('files["a.onnx"].bytes');
  expect(schemaPath(['entries', 3, 'id'])).toBe('entries[3].id');
});

test('a newer format is known whatever else the file holds', () => {
  expect(newerFormat({ format: 3, anything: true }, 2)).toBe(3);
  for (const value of [
    { format: 2 },
    { format: 1 },
    { format: 2.5 },
    { format: '3' },
    {},
    null,
    'text',
    [3],
  ]) {
    expect(newerFormat(value, 2)).toBeNull();
  }
});

test('what is no JSON becomes the given error, with its cause', () => {
  expect(parseJson('{"a":1}', () => new Error('never'))).toEqual({ a: 1 });
  expect(() => parseJson('{', (cause) => new Error('broken', { cause }))).toThrow(
    expect.objectContaining({ message: 'broken', cause: expect.any(SyntaxError) as unknown }),
  );
});
