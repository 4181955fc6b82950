import type * as FsPromises from 'node:fs/promises';
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { atomicWrite } from '../../../../../electron/io/files/atomicWrite.ts';
import { readBytes } from '../../../../../electron/io/files/readBytes.ts';
import { candidatePath, refuseOverwrite } from '../../../../../electron/io/paths.ts';
import { inFolder } from '../make.ts';

const bytes = Uint8Array.of(1, 2, 3);

/** Lets the next system call of this kind fail, as a full disk or a withdrawn share would. */
const failing = vi.hoisted(() => ({ call: '', code: '' }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FsPromises>();
  const thrown = () => Object.assign(new Error(failing.code), { code: failing.code });
  return {
    ...real,
    rename: (from: string, to: string) =>
      failing.call === 'rename' ? Promise.reject(thrown()) : real.rename(from, to),
    open: async (path: string, flags: string) => {
      if (failing.call === 'open') throw thrown();
      const file = await real.open(path, flags);
      if (failing.call === 'sync') file.sync = () => Promise.reject(thrown());
      return file;
    },
  };
});

async function failNext<T>(call: string, code: string, work: () => Promise<T>): Promise<T> {
  Object.assign(failing, { call, code });
  try {
    return await work();
  } finally {
    failing.call = '';
  }
}

describe('atomic writing', () => {
  test('writes, replaces, and leaves nothing else', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'a.bin');
      await atomicWrite(path, Uint8Array.of(9));
      await atomicWrite(path, bytes);
      expect([...(await readFile(path))]).toEqual([1, 2, 3]);
      expect(await readdir(folder)).toEqual(['a.bin']);
    });
  });

  test.each([
    ['sync', 'ENOSPC', /no space left/],
    ['sync', 'EIO', /could not be written/],
    ['open', 'EACCES', /may not be written/],
    ['open', 'EROFS', /may not be written/],
    ['rename', 'EPERM', /may not be written/],
  ])('%s fails with %s: the old file stays, the file aside goes', async (call, code, message) => {
    await inFolder(async (folder) => {
      const path = join(folder, 'a.bin');
      await writeFile(path, 'old');
      const attempt = failNext(call, code, () => atomicWrite(path, bytes));
      await expect(attempt).rejects.toMatchObject({
        code: 'output',
        message: expect.stringMatching(message) as string,
      });
      expect(await readFile(path, 'utf8')).toBe('old');
      expect(await readdir(folder)).toEqual(['a.bin']);
    });
  });

  test('a missing folder, a file as folder, a folder as file, a name too long', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'file'), '');
      await mkdir(join(folder, 'sub'));
      const say = (path: string) => expect(atomicWrite(join(folder, path), bytes)).rejects;
      await say('none/a.png').toMatchObject({
        code: 'output',
        message: expect.stringContaining('does not exist') as string,
      });
      await say('file/a.png').toMatchObject({
        code: 'output',
        message: expect.stringContaining('is not a folder') as string,
      });
      await say('sub').toMatchObject({
        code: 'output',
        message: expect.stringContaining('is a folder') as string,
      });
      await say('x'.repeat(300)).toMatchObject({
        code: 'output',
        message: expect.stringContaining('too long') as string,
      });
      expect((await readdir(folder)).sort()).toEqual(['file', 'sub']);
    });
  });

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('an unwritable folder', async () => {
    await inFolder(async (folder) => {
      await chmod(folder, 0o500);
      await expect(atomicWrite(join(folder, 'a'), bytes)).rejects.toMatchObject({ code: 'output' });
      await chmod(folder, 0o700);
    });
  });
});

test('reading refuses what is larger than the limit before reading it', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, 'a.bin');
    await writeFile(path, new Uint8Array(2 ** 20 + 1));
    await expect(readBytes(path, 2 ** 20)).rejects.toMatchObject({
      code: 'limit',
      message: `"${path}" is too large (2 MB; the limit is 1 MB).`,
    });
    expect((await readBytes(path, 2 ** 21)).length).toBe(2 ** 20 + 1);
  });
});

describe('paths', () => {
  test.each([
    ['out/result.png', 1, 1, 'out/result.png'],
    ['out/result.png', 2, 4, 'out/result-2.png'],
    ['out/result.final.png', 3, 16, 'out/result.final-03.png'],
    ['result', 1, 2, 'result-1'],
  ])('%s, candidate %i of %i', (path, number, count, expected) => {
    expect(candidatePath(path, number, count)).toBe(join(expected));
  });

  test('an output that is an input is refused, also through a link', async () => {
    await inFolder(async (folder) => {
      const input = join(folder, 'photo.png');
      await writeFile(input, 'x');
      await symlink(input, join(folder, 'link.png'));
      for (const output of [input, join(folder, '.', 'sub', '..', 'photo.png'), join(folder, 'link.png')]) {
        await expect(refuseOverwrite(output, ['other.png', input])).rejects.toMatchObject({ code: 'usage' });
      }
      await expect(refuseOverwrite(join(folder, 'new.png'), [input])).resolves.toBeUndefined();
    });
  });
});
