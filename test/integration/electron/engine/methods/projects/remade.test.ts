import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDocument } from '../../../../../../core/document/document.ts';
import { createHistory } from '../../../../../../core/document/history.ts';
import { numberParts } from '../../../../../../core/document/projectFile.ts';
import { layersOf } from '../../../../../../core/document/project/remade.ts';
import { type Recipe, remakingOf, selectsUncovered } from '../../../../../../core/document/remake/recipe.ts';
import { remakeDocument } from '../../../../../../core/document/remake/remakeDocument.ts';
import type { TileSent } from '../../../../../../core/contract/engineApi.ts';
import { fromTiles } from '../../../../../../core/raster/make.ts';
import { readTiles } from '../../../../../../electron/engine/codec/pictures.ts';
import { paint, select } from '../../../../../unit/core/document/support.ts';
import { commit, move, snapshotOf, type Work } from '../../../../../unit/core/document/project/support.ts';
import { gradient, makeFile, rgbOf } from '../../../../../unit/electron/io/make.ts';
import {
  type Engine,
  expectEqual,
  inFolder,
  openFile,
  recover,
  startClient,
  startEngine,
} from './support.ts';

const LEFT: Recipe = { kind: 'turning', turn: 'left' };
const SMALLER: Recipe = { kind: 'resizing', size: { width: 700, height: 500 } };
const ASKEW: Recipe = {
  kind: 'rotating',
  frame: { centre: { x: 450, y: 300 }, width: 900, height: 800, angle: 12 },
  selectUncovered: true,
};
const STROKE = { x: 10, y: 10, width: 40, height: 40 };

/** A window with a document that was opened from a picture file of 12 tiles, which the engine only knows the file of. */
class Session {
  readonly id = randomUUID();
  readonly idOf = numberParts();
  given = 0; // parts
  work: Work;
  private readonly engine: Engine;

  private constructor(engine: Engine, work: Work) {
    this.engine = engine;
    this.work = work;
  }

  static async open(engine: Engine, folder: string): Promise<Session> {
    const file = join(folder, 'sea.jpg');
    await writeFile(file, await makeFile('.jpg', rgbOf(gradient(900, 600))));
    const tiles: TileSent[] = [];
    const { width, height } = await readTiles({ path: file }, (sent) => void tiles.push(...sent.tiles));
    const canvas = { x: 0, y: 0, width, height };
    const opened = openDocument(canvas, fromTiles(canvas, 4, tiles));
    const session = new Session(engine, { document: opened, history: createHistory() });
    const { json } = snapshotOf(session.work, session.idOf);
    await engine.call('recovery.origin', { document: session.id, file, json });
    return session;
  }

  stroke(seed: number): void {
    this.work = commit(this.work, 'Brush', paint(this.work.document, STROKE, seed));
  }

  async remake(recipe: Recipe): Promise<void> {
    const before = this.work.document;
    const options = { selectUncovered: selectsUncovered(recipe) };
    const change = await remakeDocument(before, remakingOf(before.canvas, recipe), {}, options);
    this.work = commit(this.work, 'Rotate', change);
    const remade = {
      recipe,
      before: layersOf(before, this.idOf),
      after: layersOf(this.work.document, this.idOf),
    };
    await this.engine.call('recovery.remade', { document: this.id, remade });
  }

  async keep(): Promise<number> {
    const { json, parts } = snapshotOf(this.work, this.idOf);
    const { missing } = await this.engine.call('recovery.keep', { document: this.id, json });
    if (missing.length === 0) return 0;
    const lacking = missing.map((id) => parts.get(id)!);
    await this.engine.call('recovery.add', { document: this.id, parts: lacking });
    expect(await this.engine.call('recovery.keep', { document: this.id, json })).toEqual({ missing: [] });
    return missing.length;
  }
}

async function expectRecovered(session: Session, folder: string): Promise<void> {
  const read = await recover(await startEngine(folder), session.id);
  expect(read.lost).toBeNull();
  expectEqual(read.document, session.work.document);
  expect(read.history.entries).toHaveLength(session.work.history.entries.length);
}

test.each([LEFT, SMALLER, ASKEW])('what $kind makes is drawn again, and need not be given', (recipe) =>
  inFolder(async (folder) => {
    const session = await Session.open(await startEngine(folder), folder);
    await session.remake(recipe);
    expect(await session.keep()).toBe(2); // EXIF and XMP
    await expectRecovered(session, folder);
  }),
);

test('with strokes before and after, one upon another, and undone', () =>
  inFolder(async (folder) => {
    const session = await Session.open(await startEngine(folder), folder);
    session.stroke(1);
    session.work = commit(session.work, 'Select', select(session.work.document, STROKE, 5));
    await session.remake(LEFT);
    expect(await session.keep()).toBeLessThan(6); // two tiles of strokes and the metadata
    session.stroke(2);
    await session.remake(ASKEW);
    await session.remake(LEFT);
    expect(await session.keep()).toBe(1);
    await expectRecovered(session, folder);
  }));

test('also where the step before it was undone', () =>
  inFolder(async (folder) => {
    const session = await Session.open(await startEngine(folder), folder);
    await session.remake(LEFT);
    session.stroke(1);
    await session.keep();
    session.work = move(session.work, 0);
    expect(await session.keep()).toBe(0);
    await session.remake(SMALLER);
    expect(await session.keep()).toBe(0);
    await expectRecovered(session, folder);
  }));

test('sources that undo has forgotten stay', () =>
  inFolder(async (folder) => {
    const session = await Session.open(await startEngine(folder), folder);
    session.stroke(1);
    await session.keep();
    await session.remake(LEFT);
    session.work = { ...session.work, history: createHistory() };
    for (let round = 0; round < 3; round++) {
      expect(await session.keep()).toBe(0);
      session.stroke(2 + round);
      expect(await session.keep()).toBe(1);
      session.work = { ...session.work, history: createHistory() };
    }
    await session.keep();
    await expectRecovered(session, folder);
  }));

test('how it was drawn is forgotten once nothing needs it', () =>
  inFolder(async (folder) => {
    const engine = await startEngine(folder);
    const session = await Session.open(engine, folder);
    const kept = join(engine.folder, session.id);
    await session.remake(LEFT);
    await session.keep();
    expect(await readdir(kept)).toContain('remade.json');
    session.work = { ...move(session.work, 0), history: createHistory() };
    await session.keep();
    expect(await readdir(kept)).toContain('remade.json'); // for the snapshot before
    await session.keep();
    expect(await readdir(kept)).not.toContain('remade.json');
  }));

test('the snapshot before the newest comes back drawn, too', () =>
  inFolder(async (folder) => {
    const engine = await startEngine(folder);
    const session = await Session.open(engine, folder);
    await session.remake(LEFT);
    await session.keep();
    const { document } = session.work;
    session.work = { ...move(session.work, 0), history: createHistory() };
    await session.keep();
    await writeFile(join(engine.folder, session.id, 'manifest.json'), '{');
    const read = await recover(await startEngine(folder), session.id);
    expect(read.lost).toBeNull();
    expectEqual(read.document, document);
  }));

test('a document from a project is drawn again too, and saved whole', () =>
  inFolder(async (folder) => {
    const engine = await startEngine(folder);
    const session = await Session.open(engine, folder);
    session.stroke(1);
    await session.remake(ASKEW);
    await session.keep();
    const file = join(folder, 'a.tessera');
    await startClient(engine, session.id, session.idOf).save(session.work, file);
    expectEqual((await openFile(await startEngine(folder), file)).document, session.work.document);
  }));

test('where a source is damaged, what cannot be drawn is named', () =>
  inFolder(async (folder) => {
    const engine = await startEngine(folder);
    const session = await Session.open(engine, folder);
    await session.remake(LEFT);
    session.stroke(1);
    await session.keep();
    await expect.poll(() => readdir(join(engine.folder, session.id))).toContain('origin.bin');
    await rm(join(engine.folder, session.id, 'origin.bin'));
    await writeFile(join(folder, 'sea.jpg'), 'another file');
    const read = await recover(await startEngine(folder), session.id);
    expect(read.lost!.picture).toHaveLength(11); // the stroke's tile was given
  }));

test.each(['[]', '{', '[{"recipe":{"kind":"turning","turn":"up"}}]'])('a note that is %s is none', (text) =>
  inFolder(async (folder) => {
    const engine = await startEngine(folder);
    const session = await Session.open(engine, folder);
    await session.remake(LEFT);
    await session.keep();
    const note = join(engine.folder, session.id, 'remade.json');
    expect((await readFile(note)).length).toBeGreaterThan(100);
    await writeFile(note, text);
    const read = await recover(await startEngine(folder), session.id).catch((error: unknown) => error);
    expect(read).toMatchObject({ code: 'input' });
  }),
);
