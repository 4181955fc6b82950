import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { numberParts, parseProject } from '../../../../../../core/document/projectFile.ts';
import { fillRect } from '../../../../../../core/raster/write.ts';
import { TesseraError } from '../../../../../../core/base/errors.ts';
import { paint, select } from '../../../../../unit/core/document/support.ts';
import {
  commit,
  extras,
  move,
  moreTokens,
  snapshotOf,
  startWork,
  tokensOfFill,
} from '../../../../../unit/core/document/project/support.ts';
import type { Work } from '../../../../../unit/core/document/project/support.ts';
import { openKept } from '../../../../../../electron/io/recovery/keptDocument.ts';
import { expectEqual, inFolder, openFile, recover, startClient, startEngine } from './support.ts';

function someWork(): Work {
  let work = startWork();
  work = commit(work, 'Paint', paint(work.document, { x: -20, y: 10, width: 90, height: 70 }, 1));
  work = commit(work, 'Select all', {
    selection: fillRect(work.document.selection, work.document.canvas, 255),
  });
  work = commit(work, 'Select', select(work.document, { x: 30, y: 30, width: 40, height: 40 }, 2));
  work = commit(work, 'Fill', moreTokens(work.document, tokensOfFill(3)));
  work = commit(work, 'Paint', paint(work.document, { x: 200, y: 10, width: 90, height: 70 }, 4));
  return move(work, 4);
}

/** Another stroke. */
function moreWork(work: Work, seed: number): Work {
  return commit(work, 'Paint', paint(work.document, { x: 0, y: 0, width: 20, height: 20 }, seed));
}

describe('a saved project', () => {
  test('comes back with all that can be undone and redone', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'a.tessera');
      const engine = await startEngine(folder);
      const work = someWork();
      await startClient(engine).save(work, file);

      const read = await openFile(await startEngine(join(folder, 'other')), file);
      expect(read.extras).toEqual(extras);
      expect(read.history.position).toBe(4);
      for (let position = 0; position <= work.history.entries.length; position++) {
        expectEqual(move(read, position).document, move(work, position).document);
      }
    }));

  test('is the same file when nothing changed, through opening and saving', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const [first, second, third] = ['1', '2', '3'].map((name) => join(folder, `${name}.tessera`)) as [
        string,
        string,
        string,
      ];
      const client = startClient(engine);
      await client.save(someWork(), first);
      await client.save(someWork(), second); // other objects, so other numbers
      const opened = await openFile(engine, first);
      await startClient(engine, randomUUID(), numberParts(opened.ids)).save(opened, third);
      expect(Buffer.compare(await readFile(first), await readFile(third))).toBe(0);
    }));

  test('takes no parts twice: what was opened is there already', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const file = join(folder, 'a.tessera');
      await startClient(engine).save(someWork(), file);

      const document = randomUUID();
      const opened = await openFile(engine, file, document);
      const { json } = startClient(engine, document, numberParts(opened.ids)).snapshot(opened);
      expect(await engine.call('project.save', { file, document, json, stamp: null })).toMatchObject({
        missing: [],
        changed: false,
      });
    }));

  test('tells how far it is', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const file = join(folder, 'a.tessera');
      const client = startClient(engine);
      await client.save(someWork(), file);
      const { json } = client.snapshot(someWork());
      const saved: number[] = [];
      const read: number[] = [];
      await engine.call('recovery.add', {
        document: client.id,
        parts: [...client.snapshot(someWork()).parts.values()],
      });
      await engine.call(
        'project.save',
        { file, document: client.id, json, stamp: null },
        { onProgress: ({ done }) => saved.push(done) },
      );
      await engine.call(
        'project.open',
        { file, document: randomUUID() },
        { onProgress: ({ done }) => read.push(done) },
      );
      expect(read.at(-1)).toBe(1);
      for (const steps of [saved, read]) expect(steps).toEqual([...steps].sort((a, b) => a - b));
    }));
});

describe('a file that another program changed', () => {
  test('is not written over unless that is said; one that was saved or opened here is', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const file = join(folder, 'a.tessera');
      await startClient(engine).save(someWork(), file);
      const { document, opened } = { document: randomUUID(), opened: await openFile(engine, file) };
      const client = startClient(engine, document, numberParts(opened.ids));
      const { json, parts } = client.snapshot(opened);
      await engine.call('recovery.add', { document, parts: [...parts.values()] });
      const saving = (stamp: string | null) => engine.call('project.save', { file, document, json, stamp });

      const first = await saving(opened.stamp);
      expect(first).toMatchObject({ missing: [], changed: false });
      const second = await saving(first.stamp);
      expect(second.changed).toBe(false);
      await writeFile(file, 'another program was here');
      expect(await saving(second.stamp)).toEqual({ missing: [], stamp: null, changed: true });
      expect(await readFile(file, 'utf8')).toBe('another program was here');
      const third = await saving(null);
      expect(third).toMatchObject({ missing: [], changed: false });
      await rm(file);
      expect(await saving(third.stamp)).toMatchObject({ changed: false }); // nothing there to lose
    }));
});

describe('work that goes on while a project is saved', () => {
  test('is kept meanwhile, and can be recovered afterwards', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const file = join(folder, 'a.tessera');
      const client = startClient(engine);
      const [work, newer] = [someWork(), moreWork(someWork(), 1)];
      await client.keep(work);
      await Promise.all([client.save(work, file), client.keep(newer)]);
      expectEqual((await openFile(engine, file)).document, work.document);
      expectEqual((await recover(await startEngine(folder), client.id)).document, newer.document);
    }));

  test('takes nothing away from what is saved', () =>
    inFolder(async (folder) => {
      const kept = await openKept(join(folder, 'kept'));
      const file = join(folder, 'a.tessera');
      const idOf = numberParts();
      const keep = async (work: Work): Promise<void> => {
        const { json, parts } = snapshotOf(work, idOf);
        await kept.add([...parts.values()]);
        await kept.keep(json, parseProject(json, 'it'));
      };
      const saved = moreWork(someWork(), 1);
      await keep(saved);
      const { json } = snapshotOf(saved, idOf);
      const saving = await kept.beginSave(json, parseProject(json, 'it'));
      for (let i = 2; i < 6; i++) await keep(moreWork(someWork(), i)); // each lets go of the last one's stroke
      await saving.write(file, {});
      await saving.end();
      const opened = await openFile(await startEngine(folder), file);
      expect(opened.lost).toBeNull();
      expectEqual(opened.document, saved.document);
      const packs = (await readdir(join(folder, 'kept'))).length;
      for (let i = 6; i < 8; i++) await keep(moreWork(someWork(), i)); // the folder is cleared again
      expect((await readdir(join(folder, 'kept'))).length).toBeLessThan(packs);
    }));
});

describe('a save that does not succeed', () => {
  test('leaves the file as it was when it is stopped', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const file = join(folder, 'a.tessera');
      const client = startClient(engine);
      await client.save(someWork(), file);
      const before = await readFile(file);

      const { json, parts } = client.snapshot(someWork());
      await engine.call('recovery.add', { document: client.id, parts: [...parts.values()] });
      const saving = engine.call(
        'project.save',
        { file, document: client.id, json, stamp: null },
        { signal: AbortSignal.abort() },
      );
      await expect(saving).rejects.toMatchObject({ code: 'aborted' });
      expect(Buffer.compare(await readFile(file), before)).toBe(0);
      expect((await readdir(folder)).sort()).toEqual(['a.tessera', 'recovery']);
    }));

  test('says why in one sentence, and the document can be saved elsewhere', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const client = startClient(engine);
      const saving = client.save(someWork(), join(folder, 'nowhere', 'a.tessera'));
      await expect(saving).rejects.toThrow(TesseraError);
      await expect(saving).rejects.toThrow('does not exist');
      await client.save(someWork(), join(folder, 'a.tessera'));
    }));
});
