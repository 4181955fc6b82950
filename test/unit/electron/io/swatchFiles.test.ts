import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSwatches, writeSwatches } from '../../../../electron/io/swatchFiles.ts';
import { inFolder } from './make.ts';

const facts = { sha256: 'ab'.repeat(32), codes: 5, side: 6, field: 3 };
const swatches = { side: 6, field: 3, pixels: new Uint8Array(5 * 6 * 6 * 4).map((_, i) => i % 251) };

test('swatches come back as they were kept, for their package only', () =>
  inFolder(async (root) => {
    const folder = join(root, 'not', 'there', 'yet');
    expect(await readSwatches(folder, facts)).toBeNull();
    await writeSwatches(folder, facts, swatches);
    expect(await readSwatches(folder, facts)).toEqual(swatches);
    expect(await readSwatches(folder, { ...facts, sha256: 'cd'.repeat(32) })).toBeNull();
    expect(await readSwatches(folder, { ...facts, codes: 6 })).toBeNull();
    expect(await readdir(folder)).toHaveLength(1);
  }));

test('a file that is not whole is not taken', () =>
  inFolder(async (folder) => {
    await writeSwatches(folder, facts, swatches);
    const [name] = await readdir(folder);
    const file = join(folder, name!);
    const whole = await readFile(file);
    for (const at of [0, 20, 40, whole.length - 1]) {
      const broken = Buffer.from(whole);
      broken[at]! ^= 1;
      await writeFile(file, broken);
      expect(await readSwatches(folder, facts)).toBeNull();
    }
    await writeFile(file, whole);
    await truncate(file, whole.length - 4);
    expect(await readSwatches(folder, facts)).toBeNull();
    await writeSwatches(folder, facts, swatches); // and can be replaced
    expect(await readSwatches(folder, facts)).toEqual(swatches);
  }));
