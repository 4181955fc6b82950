import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openJsonFile } from '../../../../electron/main/settings.ts';

const schema = z.object({ size: z.number() });
const missing = { size: 1 };
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tessera-json-'));
  file = path.join(folder, 'value.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('outlives the application', async () => {
  const first = await openJsonFile(file, schema, missing);
  expect(first.value).toEqual(missing);
  for (let size = 2; size < 20; size++) first.set({ size });
  expect(first.value).toEqual({ size: 19 });
  await first.written();
  expect((await openJsonFile(file, schema, missing)).value).toEqual({ size: 19 });
  expect(readdirSync(folder)).toEqual(['value.json']);
});

test.each(['', '{', '[]', '{"size":"large"}', '\u0000'])(
  'a broken file (%j) counts as missing',
  async (text) => {
    writeFileSync(file, text);
    const opened = await openJsonFile(file, schema, missing);
    expect(opened.value).toEqual(missing);
    opened.set({ size: 3 });
    await opened.written();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ size: 3 });
  },
);

test('a folder that cannot be written loses the value, not the application', async () => {
  const opened = await openJsonFile(path.join(folder, 'absent', 'value.json'), schema, missing);
  opened.set({ size: 4 });
  await opened.written();
  expect(opened.value).toEqual({ size: 4 });
});
