import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPack, writePack } from '../../../../../electron/io/recovery/packFile.ts';
import { inFolder } from '../make.ts';

const parts = [
  { name: 'tiles/3.bin', bytes: Uint8Array.of(1, 2, 3) },
  { name: 'tokens/4.json', bytes: new Uint8Array(0) },
  { name: 'metadata/1.bin', bytes: new Uint8Array(300).fill(7) },
];

test('a pack says where its parts lie, when it is written and when it is read', () =>
  inFolder(async (folder) => {
    const path = join(folder, '1.pack');
    const written = await writePack(path, '1.pack', parts);
    expect(await readPack(path, '1.pack')).toEqual(written);
    const content = await readFile(path);
    for (const { name, bytes } of parts) {
      const { offset, length } = written.get(name)!;
      expect(content.subarray(offset, offset + length).equals(bytes)).toBe(true);
    }
  }));

test('one that was cut off anywhere holds nothing, and so does any other file', () =>
  inFolder(async (folder) => {
    const path = join(folder, '1.pack');
    await writePack(path, '1.pack', parts);
    const content = await readFile(path);
    const others = [Buffer.from('not a pack at all'), Buffer.alloc(64, 255), Buffer.alloc(64)];
    const cut = [0, 1, 3, 4, 9, 60, content.length - 1].map((length) => content.subarray(0, length));
    for (const bytes of [...others, ...cut]) {
      await writeFile(path, bytes);
      expect((await readPack(path, '1.pack')).size).toBe(0);
    }
  }));

test('a pack holds nothing under names that no project has', () =>
  inFolder(async (folder) => {
    const path = join(folder, '1.pack');
    await writePack(path, '1.pack', [{ name: '../../etc/passwd', bytes: Uint8Array.of(1) }]);
    expect((await readPack(path, '1.pack')).size).toBe(0);
  }));
