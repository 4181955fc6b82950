import { beforeEach, describe, expect, it } from 'vitest';
import type { FileGrant, FolderGrant } from '../../../../../core/contract/mainApi.ts';
import { fromFlat, readRect } from '../../../../../core/raster/flat.ts';
import { fromTiles } from '../../../../../core/raster/make.ts';
import { TesseraError } from '../../../../../core/base/errors.ts';
import {
  chooseBatchFolder,
  placesOf,
  retryBatch,
  rowsFor,
  runBatch,
} from '../../../../../renderer/commands/batch/batch.ts';
import { tilesOf } from '../../../../../renderer/commands/files/tilesOf.ts';
import { batchText } from '../../../../../renderer/ui/dialogs/batch/batchText.ts';
import { type Bench, createBench, PACKAGE } from '../../support/editor.ts';
import { settled } from '../../support/fakeEngine.ts';
import { outcomeFor } from '../../support/outcome.ts';

const CANVAS = { x: 0, y: 0, width: 96, height: 80 };
const BOX = { x: 20, y: 30, width: 10, height: 8 };

function folder(id: string, names: readonly string[]): FolderGrant {
  const files = names.map((name): FileGrant => ({
    id: `${id}/${name}`,
    name,
    kind: 'picture',
    access: 'read',
  }));
  return { id, name: id, files };
}

let bench: Bench;
beforeEach(async () => {
  bench = createBench();
  const { main, editor } = bench;
  main.answers['files.openFolder'] = () =>
    folder('photos', ['a.jpg', 'a-mask.png', 'b.jpg', 'c.jpg', 'c-mask.png']);
  main.answers['files.saveFolder'] = () => ({ id: 'out', name: 'out' });
  main.answers['files.saveIn'] = ({ name }) => ({
    file: { id: `out/${name}`, name, kind: 'picture', access: 'write' },
    exists: false,
  });
  await chooseBatchFolder(editor, 'pictures');
  await chooseBatchFolder(editor, 'results');
});

const states = (): unknown => bench.editor.batch.rows.map(({ state, text }) => [state, text]);

/** Answers what one picture is asked for, up to the file that is written. */
async function answerOne() {
  const { engine } = bench;
  const grey = fromFlat(CANVAS, 4, new Uint8Array(4 * 96 * 80).fill(255));
  const reading = engine.newest('picture.read');
  reading.tell({ tiles: tilesOf(grey), done: 1 });
  await reading.answer({
    width: 96,
    height: 80,
    name: 'x',
    format: 'jpeg',
    frames: 1,
    missing: null,
    frame: 1,
    metadata: {},
  });
  const mask = fromFlat(BOX, 1, new Uint8Array(80).fill(255));
  await engine.newest('mask.read').answer({ tiles: tilesOf(mask), meaning: { kind: 'levels' } });
  await settled();
  const filling = engine.newest('fill.run');
  filling.tell({ kind: 'step', frame: 0, done: 2, total: 8, ids: [] });
  await filling.answer(outcomeFor(filling.params));
  const writing = engine.newest('picture.write');
  await writing.answer({ bytes: null, dropped: [] });
  await settled();
  return { filling: filling.params, written: writing.params };
}

describe('many pictures', () => {
  it('find their masks by name, beside them or in a folder of their own', () => {
    const pictures = folder('p', ['a.jpg', 'b.jpg', 'b-mask.png']);
    const names = (masks: FolderGrant | null) =>
      rowsFor(pictures, masks).map(({ picture, mask }) => [picture.name, mask?.name]);
    expect(names(null)).toEqual([['a.jpg', undefined], ['b.jpg', 'b-mask.png']]); // prettier-ignore
    expect(names(folder('m', ['a.jpg', 'B.png']))).toEqual([
      ['a.jpg', 'a.jpg'],
      ['b.jpg', 'B.png'],
      ['b-mask.png', undefined],
    ]);
  });

  it('are filled with the same settings and seed, one after the other; those without a mask are left out', async () => {
    const { editor } = bench;
    editor.fillSettings.candidates = 2;
    const running = runBatch(editor);
    await settled();
    expect(states()).toEqual([['filling', ''], ['waiting', 'No mask of its name'], ['waiting', '']]); // prettier-ignore
    const first = await answerOne();
    const second = await answerOne();
    await running;
    expect(states()).toEqual([
      ['done', 'a-filled.png'],
      ['skipped', 'No mask of its name'],
      ['done', 'c-filled.png'],
    ]);
    expect(batchText(editor.batch.rows)).toBe('2 of 3 done, 1 skipped');
    expect([second.filling.seed, second.filling.candidates]).toEqual([first.filling.seed, 2]);
    const { tiles, file } = first.written;
    const picture = fromTiles(CANVAS, 4, tiles);
    const at = (x: number, y: number) => readRect(picture, { x, y, width: 1, height: 1 })[0];
    expect([file, at(20, 30), at(19, 30)]).toEqual(['out/a-filled.png', 200, 255]);
    expect(editor.documents).toEqual([]);
  });

  it('go on after one that fails, which can be tried again', async () => {
    const { editor, engine } = bench;
    const running = runBatch(editor);
    await settled();
    await engine.newest('picture.read').fail(new TesseraError('input', 'a.jpg is damaged.'));
    await settled();
    await answerOne();
    await running;
    expect(states()).toEqual([
      ['failed', 'a.jpg is damaged.'],
      ['skipped', 'No mask of its name'],
      ['done', 'c-filled.png'],
    ]);
    retryBatch(editor, 'failed');
    expect(editor.batch.rows[0]!.state).toBe('waiting');
  });

  it('are stopped and wait then; results that are there are left alone', async () => {
    const { editor, engine, main } = bench;
    const running = runBatch(editor);
    await settled();
    editor.batch.cancel?.();
    await engine.newest('picture.read').fail(new TesseraError('aborted', 'Stopped.'));
    await running;
    expect(editor.batch.rows.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting']);
    main.answers['files.saveIn'] = ({ name }) => ({
      file: { id: name, name, kind: 'picture', access: 'write' },
      exists: true,
    });
    await runBatch(editor);
    expect(states()).toEqual([
      ['skipped', 'a-filled.png is there already'],
      ['skipped', 'No mask of its name'],
      ['skipped', 'c-filled.png is there already'],
    ]);
  });

  it('are shared out to the same package elsewhere, and what a server leaves is filled here', async () => {
    const { editor, engine } = bench;
    const there = { ...PACKAGE, ref: 'tessera-base@there:1', server: 'there:1' };
    const other = { ...there, ref: 'tessera-base@other:2', server: 'other:2', sha256: 'cd'.repeat(32) };
    editor.packages.list = [PACKAGE, there, other];
    editor.batch.alsoOn = [there.ref, other.ref];
    expect(placesOf(editor, PACKAGE)).toEqual([PACKAGE, there]);
    const running = runBatch(editor);
    await settled();
    expect(states()).toEqual([['filling', ''], ['skipped', 'No mask of its name'], ['filling', '']]); // prettier-ignore
    await engine.newest('picture.read').fail(new TesseraError('package', 'It is gone.'));
    await settled();
    expect(states()).toEqual([['filling', ''], ['skipped', 'No mask of its name'], ['waiting', '']]); // prettier-ignore
    const [first] = engine.asked.filter(({ method }) => method === 'picture.read');
    await first!.fail(new TesseraError('input', 'a.jpg is damaged.'));
    await settled();
    expect((await answerOne()).filling.package).toBe(PACKAGE.ref);
    await running;
    expect(editor.batch.rows.map(({ state }) => state)).toEqual(['failed', 'skipped', 'done']);
  });
});
