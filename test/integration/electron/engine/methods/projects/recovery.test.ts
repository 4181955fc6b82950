import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { numberParts } from '../../../../../../core/document/projectFile.ts';
import { paint } from '../../../../../unit/core/document/support.ts';
import { commit, move, startWork } from '../../../../../unit/core/document/project/support.ts';
import type { Work } from '../../../../../unit/core/document/project/support.ts';
import {
  type Engine,
  expectEqual,
  inFolder,
  openFile,
  recover,
  startClient,
  startEngine,
} from './support.ts';

/** A document after some strokes. */
function strokes(count: number): Work {
  let work = startWork();
  for (let i = 0; i < count; i++) {
    work = commit(work, 'Brush', paint(work.document, { x: 30 * i - 50, y: 0, width: 30, height: 30 }, i));
  }
  return work;
}

async function packs(engine: Engine, document: string): Promise<string[]> {
  return (await readdir(join(engine.folder, document))).filter((name) => name.endsWith('.pack')).sort();
}

describe('a snapshot', () => {
  test('is offered after a crash, and comes back with its history', () =>
    inFolder(async (folder) => {
      const work = strokes(3);
      const client = startClient(await startEngine(folder));
      await client.keep(work);

      const engine = await startEngine(folder);
      const [offered, ...others] = await engine.call('recovery.list', { open: [] });
      expect(others).toEqual([]);
      expect(offered).toMatchObject({ document: client.id, name: 'sea.jpg' });
      expect(Math.abs(offered!.at - Date.now())).toBeLessThan(60_000);
      const read = await recover(engine, client.id);
      for (let position = 0; position <= 3; position++) {
        expectEqual(move(read, position).document, move(work, position).document);
      }
    }));

  test('is not offered to the window that has it open', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const [first, second] = [startClient(engine), startClient(engine)];
      await first.keep(strokes(1));
      await second.keep(strokes(2));
      const offered = await engine.call('recovery.list', { open: [first.id] });
      expect(offered.map(({ document }) => document)).toEqual([second.id]);
    }));

  test('costs only what is new', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const client = startClient(engine);
      await client.keep(strokes(1));
      const work = strokes(1);
      await client.keep(work);
      const painted = commit(work, 'Brush', paint(work.document, { x: 0, y: 0, width: 9, height: 9 }, 9));
      const { json, parts } = client.snapshot(painted);
      const { missing } = await engine.call('recovery.keep', { document: client.id, json });
      expect(missing).toHaveLength(1);
      expect(parts.get(missing[0]!)!.bytes.length).toBe(256 * 256 * 4);
    }));

  test('is gone once the document was saved, dropped or never changed', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const [saved, dropped] = [startClient(engine), startClient(engine)];
      const file = join(folder, 'a.tessera');
      await saved.keep(strokes(1));
      await saved.save(strokes(1), file);
      await dropped.keep(strokes(1));
      await engine.call('recovery.drop', { document: dropped.id });
      const opened = randomUUID();
      await openFile(engine, file, opened);

      expect(await engine.call('recovery.list', { open: [] })).toEqual([]);
      const next = await startEngine(folder);
      expect(await next.call('recovery.list', { open: [opened] })).toEqual([]);
      expect(await readdir(next.folder)).toEqual([opened]); // what nobody needs is cleared away
      expect(await next.call('recovery.list', { open: [] })).toEqual([]);
      expect(await readdir(next.folder)).toEqual([]);
    }));

  test('is forgotten when the document is as its file again; parts are still there', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const client = startClient(engine);
      const work = strokes(2);
      await client.keep(work);
      await engine.call('recovery.keep', { document: client.id, json: null });
      expect(await engine.call('recovery.list', { open: [] })).toEqual([]);
      const { json } = client.snapshot(work);
      expect(await engine.call('recovery.keep', { document: client.id, json })).toEqual({ missing: [] });
    }));

  test('lets go of what neither the document nor its history needs', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const client = startClient(engine);
      const opened = startWork();
      await client.keep(opened);
      for (let i = 0; i < 5; i++) {
        // Undone each time, and something else done.
        const rect = { x: 0, y: 0, width: 9, height: 9 };
        await client.keep(commit(opened, 'Brush', paint(opened.document, rect, i)));
      }
      expect(await packs(engine, client.id)).toHaveLength(3); // what was opened, and the last two strokes
    }));

  test('can be made of parts that were added long before, a few at a time', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const client = startClient(engine);
      const { json, parts } = client.snapshot(strokes(4));
      for (const part of parts.values()) {
        await engine.call('recovery.add', { document: client.id, parts: [part] });
      }
      expect(await engine.call('recovery.keep', { document: client.id, json })).toEqual({ missing: [] });
    }));
});

describe('an engine that died', () => {
  test('is followed by one that knows what is on the disk', () =>
    inFolder(async (folder) => {
      const client = startClient(await startEngine(folder));
      const work = strokes(2);
      await client.keep(work);
      const { json } = client.snapshot(work);
      const next = await startEngine(folder);
      expect(await next.call('recovery.keep', { document: client.id, json })).toEqual({ missing: [] });
      expect(await next.call('recovery.list', { open: [client.id] })).toEqual([]);
    }));

  test('leaves nothing half written behind', () =>
    inFolder(async (folder) => {
      const first = await startEngine(folder);
      const client = startClient(first);
      await client.keep(strokes(1));
      const half = join(first.folder, client.id, '9.pack.part');
      await writeFile(half, 'half');
      await writeFile(join(first.folder, client.id, '8.pack'), Uint8Array.of(255, 255, 255)); // power was lost
      const next = await startEngine(folder);
      await next.call('recovery.add', { document: client.id, parts: [] });
      await expect(stat(half)).rejects.toThrow('ENOENT');
      await client.keep(strokes(2));
    }));

  test('leaves numbers that later parts may have: they are not taken for those', () =>
    inFolder(async (folder) => {
      const first = await startEngine(folder);
      const client = startClient(first);
      const work = strokes(1);
      await client.keep(work);
      // The next stroke was given, together with one that is needed, but never kept.
      const rect = { x: 200, y: 0, width: 9, height: 9 };
      const { parts } = client.snapshot(commit(work, 'Brush', paint(work.document, rect, 7)));
      const all = [...parts.values()];
      await first.call('recovery.add', { document: client.id, parts: [all[0]!, all.at(-1)!, ...all] });

      const next = await startEngine(folder);
      const read = await recover(next, client.id);
      const again = startClient(next, client.id, numberParts(read.ids));
      const other = commit(read, 'Brush', paint(read.document, rect, 8));
      await again.keep(other);
      expectEqual((await recover(await startEngine(folder), client.id)).document, other.document);
    }));
});

describe('when the disk does not do what it should', () => {
  test('the last good snapshot stays', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const client = startClient(engine);
      const work = strokes(2);
      await client.keep(work);
      for (const pack of ['2.pack', '3.pack']) {
        await mkdir(join(engine.folder, client.id, pack, 'in', 'the', 'way'), { recursive: true });
      }
      const more = commit(work, 'Brush', paint(work.document, { x: 0, y: 0, width: 9, height: 9 }, 9));
      const before = await readFile(join(engine.folder, client.id, 'manifest.json'), 'utf8');
      await expect(client.keep(more)).rejects.toMatchObject({ code: 'output' });
      expect(await readFile(join(engine.folder, client.id, 'manifest.json'), 'utf8')).toBe(before);
    }));

  test('a part that went away is asked for again', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const client = startClient(engine);
      const file = join(folder, 'a.tessera');
      await client.keep(strokes(2));
      const work = strokes(2);
      await client.keep(work);
      const [pack] = await packs(engine, client.id);
      await rm(join(engine.folder, client.id, pack!));
      await expect(client.save(work, file)).rejects.toMatchObject({ hint: 'Save it again.' });
      expect(await readdir(folder)).toEqual(['recovery']);
      await client.save(work, file);
      expectEqual((await openFile(engine, file)).document, work.document);
    }));

  test('a snapshot that cannot be read is passed over, and kept', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const document = randomUUID();
      await mkdir(join(engine.folder, document));
      await writeFile(join(engine.folder, document, 'manifest.json'), '{"format": 99}');
      expect(await engine.call('recovery.list', { open: [] })).toEqual([]);
      expect(await readdir(engine.folder)).toEqual([document]);
      await expect(recover(engine, document)).rejects.toMatchObject({ hint: 'Update Tessera.' });
    }));

  test('a damaged tile takes nothing else along', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const client = startClient(engine);
      await client.keep(strokes(1));
      const [pack] = await packs(engine, client.id);
      const path = join(engine.folder, client.id, pack!);
      const bytes = await readFile(path);
      bytes[bytes.length >> 1]! ^= 1;
      await writeFile(path, bytes);
      const { lost, document } = await recover(engine, client.id);
      expect(lost).not.toBeNull();
      expect(document.picture.tiles.size).toBeGreaterThan(0);
    }));

  test.each([
    ['cut', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
    ['of zeros', (bytes: Buffer) => Buffer.alloc(bytes.length)],
    ['empty', () => Buffer.alloc(0)],
  ])('a newest manifest that is %s gives way to the one before it', (_how, damage) =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const client = startClient(engine);
      await client.keep(strokes(1));
      await client.keep(strokes(2));
      const path = join(engine.folder, client.id, 'manifest.json');
      await writeFile(path, damage(await readFile(path)));
      const next = await startEngine(folder);
      expect(await next.call('recovery.list', { open: [] })).toHaveLength(1);
      const { history, lost } = await recover(next, client.id);
      expect(history.entries).toHaveLength(strokes(1).history.entries.length);
      expect(lost).toBeNull();
    }),
  );

  test('many small packs become few, and nothing of them is lost', () =>
    inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const client = startClient(engine);
      let work = strokes(1);
      for (let i = 0; i < 90; i++) {
        const rect = { x: i, y: 0, width: 9, height: 9 };
        work = commit(work, 'Brush', paint(work.document, rect, 1 + i));
        await client.keep(work);
      }
      expect((await packs(engine, client.id)).length).toBeLessThan(70);
      const { document, history, lost } = await recover(await startEngine(folder), client.id);
      expectEqual(document, work.document);
      expect(history.entries).toHaveLength(work.history.entries.length);
      expect(lost).toBeNull();
    }));
});

describe('the owner of a folder', () => {
  async function withOwner(owner: string, changed = new Date()): Promise<number> {
    return inFolder(async (folder) => {
      const engine = await startEngine(folder);
      const client = startClient(engine);
      await client.keep(strokes(1));
      const marker = join(engine.folder, client.id, 'owner.json');
      await writeFile(marker, owner);
      await utimes(marker, changed, changed);
      return (await engine.call('recovery.list', { open: [] })).length;
    });
  }

  test('keeps others away while it lives', async () => {
    expect(await withOwner(JSON.stringify({ pid: process.ppid, started: null }))).toBe(0);
  });

  test.each([
    ['is dead', JSON.stringify({ pid: 2 ** 30, started: null })],
    ['has left its number to another process', JSON.stringify({ pid: process.ppid, started: '1' })],
    ['is unknown', 'nobody'],
  ])('does not when it %s', async (_, owner) => {
    expect(await withOwner(owner)).toBe(1);
  });

  test.runIf(process.platform === 'linux')('does not when it has ended and nobody asked how', async () => {
    // It ends when its parent is no shell any more, which would ask.
    const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [pid] = (await once(parent.stdout, 'data')) as [Buffer];
    const state = async (): Promise<string> => readFile(`/proc/${Number(pid)}/stat`, 'utf8');
    await vi.waitFor(async () => {
      expect(await state()).toContain(') Z ');
    }, 10_000);
    expect(await withOwner(JSON.stringify({ pid: Number(pid), started: null }))).toBe(1);
    parent.kill();
  });

  test('does not when it lived before the machine was started', async () => {
    const owner = JSON.stringify({ pid: process.ppid, started: null });
    expect(await withOwner(owner, new Date(2001, 0, 1))).toBe(1);
  });
});
