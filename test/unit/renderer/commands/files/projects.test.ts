import { RECORD } from '../../../../fixtures/record.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import type { FileGrant } from '../../../../../core/contract/mainApi.ts';
import { boundsOf } from '../../../../../core/raster/bounds.ts';
import { sameTile } from '../../../../../core/raster/tile.ts';
import { openFile } from '../../../../../renderer/commands/files/open.ts';
import { save, saveAs } from '../../../../../renderer/commands/files/projects.ts';
import {
  discardRecoverable,
  loadRecoverable,
  recover,
} from '../../../../../renderer/commands/files/recovery.ts';
import { takeSnapshot, withParts } from '../../../../../renderer/commands/files/parts.ts';
import { Editor } from '../../../../../renderer/state/editor.svelte.ts';
import type { OpenDocument } from '../../../../../renderer/state/openDocument.svelte.ts';
import { picturedDocument, select } from '../../support/editor.ts';
import { APP_INFO, FakeMain } from '../../support/fakeMain.ts';
import { KeepingEngine } from '../../support/keepingEngine.ts';

const PROJECT: FileGrant = { id: 'grant', name: 'sea.tessera', kind: 'project', access: 'write' };

let engine: KeepingEngine;
let main: FakeMain;
let editor: Editor;

beforeEach(() => {
  engine = new KeepingEngine();
  main = new FakeMain({ 'files.save': () => PROJECT, 'files.remember': () => null });
  editor = new Editor(engine, main);
  editor.appInfo = APP_INFO;
});

function work(): OpenDocument {
  const document = picturedDocument({ x: 0, y: 0, width: 300, height: 200 });
  document.metadata = { exif: Uint8Array.of(1, 2, 3) };
  editor.open(document);
  select(document, { x: 0, y: 0, width: 50, height: 50 });
  select(document, { x: 60, y: 0, width: 50, height: 50 });
  document.undo();
  document.record = RECORD;
  return document;
}

function expectSame(a: OpenDocument, b: OpenDocument): void {
  for (const name of ['picture', 'original', 'selection'] as const) {
    const [own, other] = [a.current[name].tiles, b.current[name].tiles];
    expect([...own.keys()]).toEqual([...other.keys()]);
    for (const [key, tile] of own) expect(sameTile(tile, other.get(key)!)).toBe(true);
  }
}

describe('a project', () => {
  const BUTTONS = { replace: 0, saveAs: 1, cancel: 2 };

  it.each([
    ['replaced', BUTTONS.replace, true, 2],
    ['left alone, and another written', BUTTONS.saveAs, true, 2],
    ['left alone', BUTTONS.cancel, false, 1],
  ])('that another program changed is asked about: %s', async (_, answer, saved, writes) => {
    const document = work();
    await save(document, editor);
    select(document, { x: 0, y: 90, width: 5, height: 5 });
    engine.stamp = 'changed';
    main.answers['dialog.ask'] = () => answer;
    main.answers['files.save'] = () => ({ ...PROJECT, id: 'other' });
    expect(await save(document, editor)).toBe(saved);
    expect(main.paramsOf('dialog.ask')).toHaveLength(1);
    expect(document.edited).toBe(!saved);
    expect(engine.files.has('other')).toBe(answer === BUTTONS.saveAs);
    expect(main.paramsOf('files.remember')).toHaveLength(writes);
  });

  it('of the list of recent files is written if the person says so', async () => {
    const document = work();
    await save(document, editor);
    document.project = { ...PROJECT, access: 'read' };
    select(document, { x: 0, y: 90, width: 5, height: 5 });
    main.answers['files.mayWrite'] = () => null;
    expect(await save(document, editor)).toBe(false);
    expect(document.edited).toBe(true);
    main.answers['files.mayWrite'] = () => PROJECT;
    expect(await save(document, editor)).toBe(true);
    expect(document).toMatchObject({ edited: false, project: PROJECT });
  });
});

describe('a damaged project', () => {
  it('opens, says what is lost, selects where the picture is empty, and is not written over', async () => {
    const document = work();
    await save(document, editor);
    editor.close(document);
    engine.lost = {
      picture: [{ x: 256, y: 0, width: 256, height: 256 }],
      selection: 0,
      tokens: 0,
      steps: 2,
      metadata: false,
    };
    await openFile(editor, PROJECT);
    const opened = editor.active!;
    expect(editor.notices.list.map(({ message }) => message)).toEqual([
      'sea.tessera is damaged; what is intact was opened. Lost: 1 tile of the picture, selected now, 2 undo steps.',
    ]);
    expect(opened).toMatchObject({ edited: true, project: null });
    expect(boundsOf(opened.current.selection)).toMatchObject({ width: 300, height: 200 });
  });
});

describe('saving', () => {
  it('asks where to the first time, and then no more', async () => {
    const document = work();
    expect(await save(document, editor)).toBe(true);
    expect(main.paramsOf('files.save')).toEqual([{ kind: 'project', name: 'photo.tessera' }]);
    expect(document).toMatchObject({ edited: false, name: 'sea.tessera', project: PROJECT });
    expect(main.paramsOf('files.remember')).toMatchObject([{ file: 'grant' }]);
    select(document, { x: 0, y: 100, width: 50, height: 50 });
    expect(document.edited).toBe(true);
    expect(await save(document, editor)).toBe(true);
    expect(main.paramsOf('files.save')).toHaveLength(1);
    expect(document.edited).toBe(false);
    expect(editor.activity).toBe(null);
  });

  it('does nothing when the person thinks better of it', async () => {
    main.answers['files.save'] = () => null;
    const document = work();
    expect(await saveAs(document, editor)).toBe(false);
    expect(document).toMatchObject({ edited: true, project: null, name: 'photo.jpg' });
    expect(engine.calls).toEqual([]);
  });

  it('leaves unsaved what is done meanwhile', async () => {
    const document = work();
    engine.onCall = (method) => {
      if (method === 'project.save' && engine.given.length > 0)
        select(document, { x: 0, y: 100, width: 50, height: 50 });
    };
    await save(document, editor);
    expect(document.edited).toBe(true);
    document.undo();
    expect(document.edited).toBe(false);
  });

  it('waits for the save before, asks once where to, and gives no part twice', async () => {
    const document = work();
    const first = save(document, editor);
    const second = save(document, editor);
    expect(await first).toBe(true);
    select(document, { x: 0, y: 100, width: 50, height: 50 });
    const third = save(document, editor);
    expect(await Promise.all([second, third])).toEqual([true, true]);
    expect(document).toMatchObject({ edited: false, saving: null });
    expect(main.paramsOf('files.save')).toHaveLength(1);
    expect(new Set(engine.partsGiven).size).toBe(engine.partsGiven.length);
  });

  it('that was asked for again and again is done once more', async () => {
    const document = work();
    await Promise.all(Array.from({ length: 5 }, () => save(document, editor)));
    expect(main.paramsOf('files.remember')).toHaveLength(1);
    engine.calls.length = 0;
    await save(document, editor); // as somebody wants who knows why
    expect(engine.calls).toContain('project.save');
  });

  it('that fails leaves the document unsaved, and can be tried again', async () => {
    const document = work();
    engine.failure = new TesseraError('output', 'no space');
    const both = [save(document, editor), save(document, editor)];
    for (const saving of both) await expect(saving).rejects.toThrow('no space');
    expect(document).toMatchObject({ edited: true, project: null });
    engine.failure = null;
    expect(await save(document, editor)).toBe(true);
  });
});

describe('opening a project', () => {
  it('brings everything back, and saving goes to the same file', async () => {
    const before = work();
    await save(before, editor);
    editor.close(before);
    await openFile(editor, PROJECT);
    const after = editor.active!;
    expect(after).not.toBe(before);
    expect(after).toMatchObject({ edited: false, name: 'sea.tessera', project: PROJECT });
    expect(after.metadata).toEqual({ exif: Uint8Array.of(1, 2, 3) });
    expect(after.record).toEqual(RECORD);
    expect(after.history.entries.map(({ label }) => label)).toEqual(['Rectangle', 'Rectangle']);
    expectSame(after, before);
    after.redo();
    before.redo();
    expectSame(after, before);
    after.undo();
    expect(after.edited).toBe(false);

    engine.given.length = 0;
    select(after, { x: 0, y: 0, width: 200, height: 200 });
    await save(after, editor);
    expect(engine.given).toEqual([256 * 256]); // all else was there already
    expect(main.paramsOf('files.save')).toHaveLength(1);
  });

  it('that does not succeed opens nothing', async () => {
    await expect(openFile(editor, { ...PROJECT, id: 'other' })).rejects.toThrow('no such file');
    expect(editor.documents).toEqual([]);
    expect(editor.activity).toBe(null);
  });

  it('is not what tokens are for', async () => {
    const tokens: FileGrant = { id: 'grant', name: 'a.json', kind: 'tokens', access: 'read' };
    await expect(openFile(editor, tokens)).rejects.toThrow('a.json holds tokens, and no picture.');
  });
});

describe('recovery', () => {
  async function lose(): Promise<OpenDocument> {
    const document = work();
    const snapshot = takeSnapshot(editor, document);
    const keep = () => engine.call('recovery.keep', { document: document.id, json: snapshot.json });
    await withParts(editor, document, snapshot, keep, { pause: () => Promise.resolve() });
    return document;
  }

  it('offers what is not open, opens it as unsaved, and saves it where the person says', async () => {
    const lost = await lose();
    await loadRecoverable(editor);
    expect(editor.recoverable).toEqual([]);

    editor.close(lost);
    await loadRecoverable(editor);
    expect(editor.recoverable).toMatchObject([{ document: lost.id }]);
    await recover(editor, lost.id);
    expect(editor.recoverable).toEqual([]);
    const found = editor.active!;
    expect(found).toMatchObject({ id: lost.id, name: 'photo.jpg', edited: true, project: null });
    expectSame(found, lost);
    found.undo();
    expect(found.current.selection.tiles.size).toBe(0);

    await save(found, editor);
    expect(found.edited).toBe(false);
    expect(engine.snapshots.size).toBe(0);
  });

  it('can be thrown away', async () => {
    const lost = await lose();
    editor.close(lost);
    await loadRecoverable(editor);
    const answers = [1, 0]; // Cancel, Delete
    main.answers['dialog.ask'] = () => answers.shift()!;
    await discardRecoverable(editor, lost.id);
    expect([editor.recoverable.length, engine.snapshots.size]).toEqual([1, 1]);
    await discardRecoverable(editor, lost.id);
    expect(main.paramsOf('dialog.ask')[0]!.message).toBe('Delete the unsaved work on lost?');
    expect(editor.recoverable).toEqual([]);
    expect(engine.snapshots.size).toBe(0);
  });

  it('that fails is told, and can be tried again', async () => {
    const lost = await lose();
    editor.close(lost);
    await loadRecoverable(editor);
    engine.failure = new TesseraError('output', 'The disk is away.');
    await recover(editor, lost.id);
    expect(editor.notices.list).toMatchObject([{ message: 'The disk is away.' }]);
    engine.failure = new TesseraError('output', 'It is still away.');
    main.answers['dialog.ask'] = () => 0;
    await discardRecoverable(editor, lost.id);
    expect(editor.notices.list[0]).toMatchObject({ message: 'It is still away.' });
    expect(editor.recoverable).toHaveLength(1);
    expect(editor.documents).toEqual([]);
  });
});
