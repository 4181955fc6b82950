import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openKept } from '../../../../../electron/io/recovery/keptDocument.ts';
import { inFolder } from '../make.ts';

test('a snapshot is forgotten from the older one on: never is the older one left as the newest', () =>
  inFolder(async (folder) => {
    const kept = await openKept(folder);
    await writeFile(join(folder, 'manifest.json'), '{}');
    await mkdir(join(folder, 'manifest.previous.json')); // cannot be removed as a file, as if the process ended there
    await expect(kept.forgetSnapshot()).rejects.toThrow();
    expect(await readdir(folder)).toContain('manifest.json');
  }));
