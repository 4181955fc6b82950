import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDocument } from '../../../../../../core/document/document.ts';
import { createHistory } from '../../../../../../core/document/history.ts';
import { numberParts, type ProjectSnapshot } from '../../../../../../core/document/projectFile.ts';
import type { Part } from '../../../../../../core/document/project/parts.ts';
import type { TileSent } from '../../../../../../core/contract/engineApi.ts';
import { fromTiles } from '../../../../../../core/raster/make.ts';
import { readTiles } from '../../../../../../electron/engine/codec/pictures.ts';
import { paint } from '../../../../../unit/core/document/support.ts';
import { commit, snapshotOf, type Work } from '../../../../../unit/core/document/project/support.ts';
import { gradient, makeFile, rgbOf } from '../../../../../unit/electron/io/make.ts';
import { type Engine, expectEqual, inFolder, recover, startEngine } from './support.ts';

/** A document that was opened from a picture file, in an engine that knows only that file, and a stroke on it. */
async function openedAndStroked(engine: Engine, file: string) {
  const tiles: TileSent[] = [];
  const { width, height } = await readTiles({ path: file }, (sent) => void tiles.push(...sent.tiles));
  const canvas = { x: 0, y: 0, width, height };
  const opened: Work = {
    document: openDocument(canvas, fromTiles(canvas, 4, tiles)),
    history: createHistory(),
  };
  const document = randomUUID();
  const idOf = numberParts();
  await engine.call('recovery.origin', { document, file, json: snapshotOf(opened, idOf).json });
  const work = commit(opened, 'Brush', paint(opened.document, { x: 10, y: 10, width: 40, height: 40 }, 3));
  const given = await keep(engine, document, snapshotOf(work, idOf));
  return { document, work, given, tiles: tiles.length };
}

/** Keeps a snapshot, and gives what is missing; says how many parts that were. */
async function keep(engine: Engine, document: string, { json, parts }: ProjectSnapshot): Promise<number> {
  const { missing } = await engine.call('recovery.keep', { document, json });
  if (missing.length === 0) return 0;
  await engine.call('recovery.add', { document, parts: missing.map((id): Part => parts.get(id)!) });
  expect(await engine.call('recovery.keep', { document, json })).toEqual({ missing: [] });
  return missing.length;
}

async function withPicture(work: (folder: string, file: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    await mkdir(join(folder, 'pictures'));
    const file = join(folder, 'pictures', 'sea.jpg');
    await writeFile(file, await makeFile('.jpg', rgbOf(gradient(900, 600))));
    await work(folder, file);
  });
}

async function copied(engine: Engine, document: string): Promise<void> {
  await expect.poll(() => readdir(join(engine.folder, document))).toContain('origin.bin');
}

test('only what was changed is given, and all of it comes back', () =>
  withPicture(async (folder, file) => {
    const { document, work, given, tiles } = await openedAndStroked(await startEngine(folder), file);
    expect(tiles).toBe(12);
    expect(given).toBe(3); // the tile of the stroke, EXIF and XMP
    const read = await recover(await startEngine(folder), document);
    expect(read.lost).toBeNull();
    expectEqual(read.document, work.document);
    expect(read.history.entries).toHaveLength(1);
  }));

test('the picture file may be moved or written over once it was copied', () =>
  withPicture(async (folder, file) => {
    const engine = await startEngine(folder);
    const { document, work } = await openedAndStroked(engine, file);
    await copied(engine, document);
    await writeFile(file, 'another file');
    const read = await recover(await startEngine(folder), document);
    expect(read.lost).toBeNull();
    expectEqual(read.document, work.document);
  }));

test('a file that is another one now is not taken for it', () =>
  withPicture(async (folder, file) => {
    const engine = await startEngine(folder);
    const { document } = await openedAndStroked(engine, file);
    await copied(engine, document);
    await rm(join(engine.folder, document, 'origin.bin'));
    await writeFile(file, await makeFile('.jpg', rgbOf(gradient(900, 601))));
    const read = await recover(await startEngine(folder), document);
    expect(read.lost!.picture).toHaveLength(11); // the stroke's tile was given
  }));

test('saving asks for the picture itself', () =>
  withPicture(async (folder, file) => {
    const engine = await startEngine(folder);
    const { document, work } = await openedAndStroked(engine, file);
    const { json } = snapshotOf(work, numberParts());
    const saved = await engine.call('project.save', {
      document,
      file: join(folder, 'a.tessera'),
      json,
      stamp: null,
    });
    expect(saved.missing.length).toBeGreaterThan(10);
  }));
