import { takeSnapshot } from '../../../../../renderer/commands/files/parts.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import { parseProject } from '../../../../../core/document/projectFile.ts';
import type { FileGrant, RecentFile } from '../../../../../core/contract/mainApi.ts';
import type { Rect } from '../../../../../core/base/geometry.ts';
import { boundsOf } from '../../../../../core/raster/bounds.ts';
import { tileKey } from '../../../../../core/raster/tileKey.ts';
import {
  chooseFiles,
  dropFiles,
  openFile,
  openGiven,
  openRecent,
  openSample,
} from '../../../../../renderer/commands/files/open.ts';
import { createBench, type Bench } from '../../support/editor.ts';
import { settled } from '../../support/fakeEngine.ts';
import { FakeMain } from '../../support/fakeMain.ts';

const PHOTO: FileGrant = { id: 'grant', name: 'sea.jpg', kind: 'picture', access: 'read' };
const RECENT: RecentFile = { id: 'r', name: 'sea.jpg', folder: '~', kind: 'picture', look: null };
const TILE_BYTES = 256 * 256 * 4;

let bench: Bench;
beforeEach(() => {
  bench = createBench(
    new FakeMain({
      'files.openMany': () => [{ name: PHOTO.name, file: PHOTO }],
      'files.openRecent': () => PHOTO,
      'files.openSample': () => PHOTO,
      'files.remember': () => null,
      'files.recent': () => [RECENT],
    }),
  );
});

/** The engine decodes a picture of two tiles. */
async function decode(missing: Rect | null = null): Promise<void> {
  await settled();
  const asked = bench.engine.newest('picture.read');
  const tile = (column: number) => ({ key: tileKey(column, 0), tile: new Uint8Array(TILE_BYTES).fill(9) });
  asked.tell({ tiles: [tile(0)], done: 0.5 });
  expect(bench.editor.activity).toMatchObject({ label: 'Opening sea.jpg', done: 0.5 });
  asked.tell({ tiles: [tile(1)], done: 1 });
  await asked.answer({
    width: 300,
    height: 200,
    name: 'sea.jpg',
    format: 'jpeg',
    frames: 1,
    frame: 1,
    metadata: { exif: Uint8Array.of(1) },
    missing,
  });
  await settled();
}

describe('opening a picture', () => {
  it('shows how far it is, and then the document', async () => {
    const { editor, main, engine } = bench;
    const opening = openFile(editor, PHOTO);
    await decode();
    await opening;
    expect(engine.newest('picture.read').params).toEqual({ file: 'grant' });
    expect(editor.active).toMatchObject({ name: 'sea.jpg', edited: false, project: null });
    expect(editor.active!.metadata).toEqual({ exif: Uint8Array.of(1) });
    expect(editor.active!.current.canvas).toEqual({ x: 0, y: 0, width: 300, height: 200 });
    expect(editor.active!.current.picture.tiles.size).toBe(2);
    expect(editor.active!.current.original).toBe(editor.active!.current.picture);
    const [remembered] = main.paramsOf('files.remember');
    expect(remembered).toMatchObject({ file: 'grant', look: { width: 96, height: 72 } });
    expect(remembered!.look.data.every((byte) => byte === 9)).toBe(true); // as the picture is everywhere
    expect(editor.activity).toBe(null);
  });

  it.each([
    ['wanted', 0],
    ['not wanted', 1],
  ])('of a damaged file asks whether what is there is wanted: %s', async (_, answer) => {
    const { editor, engine, main } = bench;
    main.answers['dialog.ask'] = () => answer;
    const opening = openFile(editor, PHOTO);
    const done = opening.then(
      () => 'opened',
      (error: unknown) => (error as TesseraError).code,
    );
    await settled();
    await engine
      .newest('picture.read')
      .fail(new TesseraError('input', 'It is cut off.', 'Get another.', { damaged: true }));
    await settled();
    if (answer === 0) {
      expect(engine.newest('picture.read').params).toEqual({ file: 'grant', partial: true });
      await decode({ x: 0, y: 150, width: 300, height: 50 });
    }
    expect(await done).toBe(answer === 0 ? 'opened' : 'input');
    if (answer !== 0) return;
    expect(boundsOf(editor.active!.current.selection)).toEqual({ x: 0, y: 150, width: 300, height: 50 });
    expect(editor.active!.edited).toBe(true);
    expect(editor.notices.list.at(-1)!.message).toBe(
      'sea.jpg is damaged: 25 % of it is missing, and selected now.',
    );
    expect(engine.asked.map(({ method }) => method)).not.toContain('recovery.origin'); // nor could it be read again
  });

  it('tells the recovery process which file the picture is in, so that it need not be copied', async () => {
    const { editor, engine } = bench;
    const opening = openFile(editor, PHOTO);
    await decode();
    await opening;
    const { file, document, json } = engine.newest('recovery.origin').params;
    expect([file, document]).toEqual(['grant', editor.active!.id]);
    const { picture } = parseProject(json, 'it').manifest;
    expect(picture).toEqual([0, 0, 1, 1, 0, 2]); // columns, rows and the numbers that snapshots name
    const { parts } = takeSnapshot(editor, editor.active!);
    expect(parts.get(2)!.bytes).toBe([...editor.active!.current.picture.tiles.values()][1]);
  });

  it('can be stopped, and then nothing is opened', async () => {
    const { editor } = bench;
    const opening = openFile(editor, PHOTO);
    await settled();
    editor.activity!.cancel!();
    await expect(opening).rejects.toMatchObject({ code: 'aborted' });
    expect([editor.documents, editor.activity]).toEqual([[], null]);
  });

  it('that was given and is not there says so, and opens the others', async () => {
    const { editor } = bench;
    const error = {
      code: 'input',
      message: 'gone.jpg cannot be opened.',
      hint: 'It may have been moved.',
    } as const;
    const opening = openGiven(editor, [
      { name: 'gone.jpg', error },
      { name: PHOTO.name, file: PHOTO },
    ]);
    await decode();
    await opening;
    expect(editor.documents.map(({ name }) => name)).toEqual(['sea.jpg']);
    expect(editor.notices.list.at(-1)).toMatchObject({ message: error.message, hint: error.hint });
  });

  it('by dialog does nothing when that is cancelled', async () => {
    bench.main.answers['files.openMany'] = () => [];
    await chooseFiles(bench.editor);
    expect(bench.engine.asked).toEqual([]);
  });

  it.each([
    ['from the list of recent files', () => openRecent(bench.editor, 'r'), 1],
    ['that comes with Tessera, which is not remembered', () => openSample(bench.editor, 'sea'), 0],
    ['by dialog', () => chooseFiles(bench.editor), 1],
    ['by dropping it', () => dropFiles(bench.editor, [{ name: 'sea.jpg' }]), 1],
  ])('%s', async (_, open, remembered) => {
    bench.main.dropped = () => Promise.resolve([{ name: PHOTO.name, file: PHOTO }]);
    const opening = open();
    await decode();
    await opening;
    expect(bench.editor.documents).toHaveLength(1);
    expect(bench.main.paramsOf('files.remember')).toHaveLength(remembered);
  });

  it('that cannot be had becomes a notice, and the next dropped one is opened', async () => {
    const { editor, main } = bench;
    let count = 0;
    main.dropped = () =>
      ++count === 1
        ? Promise.reject(new TesseraError('input', 'It is gone.'))
        : Promise.resolve([{ name: PHOTO.name, file: PHOTO }]);
    const opening = dropFiles(editor, [{ name: 'gone.jpg' }, { name: 'sea.jpg' }]);
    await settled();
    await decode();
    await opening;
    expect(editor.notices.list).toMatchObject([{ kind: 'error', message: 'It is gone.' }]);
    expect(editor.documents).toHaveLength(1);
  });

  it('that cannot be had makes one message with all others like it', async () => {
    const { editor, main } = bench;
    main.dropped = () => Promise.reject(new TesseraError('input', 'It is gone.'));
    await dropFiles(
      editor,
      ['a.gif', 'b.txt', 'c.psd', 'd.svg', 'e.pdf'].map((name) => ({ name })),
    );
    expect(editor.notices.list).toMatchObject([
      { message: "5 files can't be opened: a.gif, b.txt, c.psd and 2 more." },
    ]);
  });

  it('that is open already shows it, unless it was saved as a project', async () => {
    const { editor } = bench;
    const opening = openFile(editor, PHOTO);
    await decode();
    await opening;
    const [first] = editor.documents;
    editor.active = null;
    await openFile(editor, PHOTO);
    expect([editor.documents, editor.active]).toEqual([[first], first]);
    first!.source = null; // what saving does
    const again = openFile(editor, PHOTO);
    await decode();
    await again;
    expect(editor.documents).toHaveLength(2);
  });
});
