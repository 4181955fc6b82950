import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { paint } from '../../../../../unit/core/document/support.ts';
import { commit, startWork } from '../../../../../unit/core/document/project/support.ts';
import type { Work } from '../../../../../unit/core/document/project/support.ts';
import { type Engine, expectEqual, inFolder, openFile, startClient, startEngine } from './support.ts';

function stroke(work: Work, x: number): Work {
  return commit(work, 'Brush', paint(work.document, { x, y: 0, width: 30, height: 30 }, x));
}

/** An engine whose folder for recovery is none, as where the disk is full or somebody took the folder's rights away. */
async function withoutFolder(folder: string): Promise<Engine> {
  const engine = await startEngine(folder);
  await rm(engine.folder, { recursive: true });
  await writeFile(engine.folder, 'not a folder');
  return engine;
}

describe('a recovery folder that cannot be written', () => {
  test('stops no save, nor opening what was saved', () =>
    inFolder(async (folder) => {
      const engine = await withoutFolder(folder);
      const [client, file] = [startClient(engine), join(folder, 'a.tessera')];
      const work = stroke(startWork(), 0);
      await client.save(work, file);
      expectEqual((await openFile(engine, file)).document, work.document);
      const more = stroke(work, 40);
      await client.save(more, file);
      expectEqual((await openFile(engine, file)).document, more.document);
    }));

  test('is told where a snapshot is asked for, and saving goes on', () =>
    inFolder(async (folder) => {
      const engine = await withoutFolder(folder);
      const [client, file] = [startClient(engine), join(folder, 'a.tessera')];
      const work = stroke(startWork(), 0);
      await expect(client.keep(work)).rejects.toMatchObject({ code: 'output' });
      await client.save(work, file);
      expectEqual((await openFile(engine, file)).document, work.document);
      await engine.call('recovery.drop', { document: client.id });
    }));

  test('is used again as soon as it can be', () =>
    inFolder(async (folder) => {
      const engine = await withoutFolder(folder);
      const client = startClient(engine);
      const work = stroke(startWork(), 0);
      await expect(client.keep(work)).rejects.toMatchObject({ code: 'output' });
      await rm(engine.folder);
      await mkdir(engine.folder);
      await client.keep(work);
      expect(await readdir(join(engine.folder, client.id))).toContain('manifest.json');
    }));
});
