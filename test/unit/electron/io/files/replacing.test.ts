import { spawnSync } from 'node:child_process';
import { chmod, link, lstat, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { asideOf } from '../../../../../electron/io/files/aside.ts';
import { atomicWrite } from '../../../../../electron/io/files/atomicWrite.ts';
import { inFolder } from '../make.ts';

const bytes = Uint8Array.from(Buffer.from('new'));
const text = (path: string): Promise<string> => readFile(path, 'utf8');

describe.skipIf(process.platform === 'win32')('replacing a file', () => {
  test('what a link names is replaced, and the link stays', () =>
    inFolder(async (folder) => {
      const [file, first, second] = ['a', 'b', 'c'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      await writeFile(file, 'old');
      await symlink('a', first);
      await symlink(first, second);
      await atomicWrite(second, bytes);
      expect([await text(file), await readlink(first), await readlink(second)]).toEqual(['new', 'a', first]);
    }));

  test('a link to nothing makes the file that it names; a circle is refused', () =>
    inFolder(async (folder) => {
      await symlink('a', join(folder, 'b'));
      await atomicWrite(join(folder, 'b'), bytes);
      expect((await lstat(join(folder, 'a'))).isFile()).toBe(true);
      await symlink('c', join(folder, 'c'));
      await expect(atomicWrite(join(folder, 'c'), bytes)).rejects.toMatchObject({ code: 'output' });
    }));

  test.each([0o600, 0o640, 0o644, 0o755])('mode %o is kept', (mode) =>
    inFolder(async (folder) => {
      const path = join(folder, 'a');
      await writeFile(path, 'old');
      await chmod(path, mode);
      await atomicWrite(path, bytes);
      expect((await stat(path)).mode & 0o7777).toBe(mode);
    }),
  );

  test.runIf(process.getuid?.() === 0)('the owner is kept', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'a');
      await writeFile(path, 'old');
      spawnSync('chown', ['1:1', path]);
      await atomicWrite(path, bytes);
      expect(await stat(path)).toMatchObject({ uid: 1, gid: 1 });
    }),
  );

  test('another name of the file has the new bytes as well', () =>
    inFolder(async (folder) => {
      const [path, other] = [join(folder, 'a'), join(folder, 'b')];
      await writeFile(path, 'old and long');
      await link(path, other);
      await atomicWrite(path, bytes);
      expect([await text(path), await text(other), (await stat(path)).nlink]).toEqual(['new', 'new', 2]);
      expect(await readdir(folder)).toEqual(['a', 'b']);
    }));

  test('a file that nobody may write stays as it is', () =>
    inFolder(async (folder) => {
      const path = join(folder, 'a');
      await writeFile(path, 'old');
      await chmod(path, 0o444);
      await expect(atomicWrite(path, bytes)).rejects.toMatchObject({
        code: 'output',
        message: `"${path}" is protected against writing.`,
      });
      expect(await text(path)).toBe('old');
    }));

  test('a device is not replaced', async () => {
    await expect(atomicWrite('/dev/null', bytes)).rejects.toMatchObject({ code: 'output' });
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });
});

test('what a process left that was killed while writing goes; what others write or own stays', () =>
  inFolder(async (folder) => {
    const own = basename(asideOf(join(folder, 'a.png')));
    const { pid } = spawnSync(process.execPath, ['--eval', '']);
    const of = (writer: number): string => own.replace(`-${process.pid}-`, `-${writer}-`);
    const [left, others] = [of(pid), of(process.ppid)];
    const foreign = left.replace(/[0-9a-f]{6}-/, 'ffffff-'); // from another machine
    const names = [own, others, foreign, '.notes.part', 'a.part'];
    for (const name of [left, ...names]) await writeFile(join(folder, name), '');
    await atomicWrite(join(folder, 'b.png'), bytes);
    expect((await readdir(folder)).sort()).toEqual([...names, 'b.png'].sort());
  }));
