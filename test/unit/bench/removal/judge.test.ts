import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { judge, type Key, keyOf, writeKey } from '../../../../bench/removal/judge.ts';
import type { Result } from '../../../../bench/removal/measures.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'judge-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The tally after these lines were typed. */
async function judged(key: Key, ...lines: string[]): Promise<string> {
  const sheet = path.join(folder, 'sheet.png');
  writeKey(sheet, key);
  const output = new PassThrough();
  expect(await judge(sheet, Readable.from(lines.map((line) => `${line}\n`)), output)).toBe(0);
  output.end();
  return (await output.toArray()).join('');
}

const key: Key = {
  rows: [
    { name: 'a', order: ['two', 'one'] },
    { name: 'b', order: ['one', 'two'] },
    { name: 'c', order: ['one', 'two'] },
  ],
};

it('counts which method was chosen, wherever it stood', async () => {
  expect(await judged(key, '2', '1', '0')).toMatch(/2 {2}one\n +0 {2}two\n +1 {2}none\n$/);
});

it('asks again for what is no place in the row, and stops at the end of the lines', async () => {
  const text = await judged(key, '3', 'one', '1');
  expect(text.match(/row 1/g)).toHaveLength(3);
  expect(text).toMatch(/0 {2}one\n +1 {2}two\n$/);
});

it('puts the methods of each row into an order of its own, the same for the same seed', () => {
  const made = ['one', 'two', 'three'].map((method) => ({ method }));
  const results = Array.from({ length: 20 }, (_, i) => ({
    of: { name: `${i}` },
    made,
  })) as unknown as Result[];
  const { rows } = keyOf(results, 7);
  expect(rows).toEqual(keyOf(results, 7).rows);
  for (const { order } of rows) expect([...order].sort()).toEqual(['one', 'three', 'two']);
  expect(new Set(rows.map(({ order }) => order.join())).size).toBeGreaterThan(3);
});
