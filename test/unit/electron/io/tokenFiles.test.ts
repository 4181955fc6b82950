import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TokenFile } from '../../../../core/tokens/tokenFile.ts';
import { readTokenFile, writeTokenFile } from '../../../../electron/io/tokenFiles.ts';
import { gradient, inFolder, makeFile, rgbOf } from './make.ts';

const file: TokenFile = {
  format: 1,
  package: { id: 'tiny', sha256: 'ab'.repeat(32) },
  width: 3,
  height: 2,
  ids: [5, 0, -1, 1023, 7, 8],
  pins: [0],
  frame: { rect: { x: -8, y: 0, width: 48, height: 32 }, scale: 2 },
  picture: { width: 40, height: 32 },
};

describe('token files', () => {
  test('JSON keeps everything', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'tokens.json');
      await writeTokenFile(path, file);
      expect(await readTokenFile(path)).toEqual({ kind: 'json', file });
    });
  });

  test('NPY keeps the ids, and is known by content', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'tokens.NPY');
      await writeTokenFile(path, file);
      const grid = { width: 3, height: 2, ids: Int32Array.from(file.ids) };
      expect(await readTokenFile(path)).toEqual({ kind: 'npy', grid });
    });
  });

  test('another extension is refused before anything is written', async () => {
    await inFolder(async (folder) => {
      await expect(writeTokenFile(join(folder, 'tokens.txt'), file)).rejects.toMatchObject({ code: 'usage' });
      expect(await readdir(folder)).toEqual([]);
    });
  });

  test('a picture, cut JSON and a missing file are one sentence each', async () => {
    await inFolder(async (folder) => {
      const picture = join(folder, 'a.png');
      await writeFile(picture, await makeFile('.png', rgbOf(gradient(4, 4))));
      const cut = join(folder, 'cut.json');
      await writeFile(cut, '{"format": 1, "ids": [1, 2');
      for (const path of [picture, cut, join(folder, 'none.json')]) {
        await expect(readTokenFile(path)).rejects.toMatchObject({
          code: 'input',
          message: expect.stringMatching(/^[^\n]+\.$/) as string,
        });
      }
    });
  });
});
