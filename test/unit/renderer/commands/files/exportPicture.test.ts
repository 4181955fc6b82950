import { RECORD } from '../../../../fixtures/record.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import type { FileGrant } from '../../../../../core/contract/mainApi.ts';
import { boundsOf } from '../../../../../core/raster/bounds.ts';
import { fillRect } from '../../../../../core/raster/write.ts';
import { applyPatch } from '../../../../../core/raster/patch.ts';
import { empty } from '../../../../../core/raster/make.ts';
import {
  exportFormat,
  exportName,
  exportPicture,
} from '../../../../../renderer/commands/files/exportPicture.ts';
import { exportMask, importMask } from '../../../../../renderer/commands/files/masks.ts';
import type { OpenDocument } from '../../../../../renderer/state/openDocument.svelte.ts';
import { type Bench, createBench, openPicture, select } from '../../support/editor.ts';
import { settled } from '../../support/fakeEngine.ts';
import { FakeMain } from '../../support/fakeMain.ts';

const FILE: FileGrant = { id: 'grant', name: 'out.png', kind: 'picture', access: 'write' };

let bench: Bench;
let document: OpenDocument;
beforeEach(() => {
  bench = createBench(new FakeMain({ 'files.save': () => FILE, 'files.open': () => FILE }));
  document = openPicture(bench);
  document.metadata = { exif: Uint8Array.of(1) };
  document.record = RECORD;
});

describe('exporting a picture', () => {
  const ALL = { format: 'jpeg', quality: 80, metadata: 'keep', selectionAsAlpha: false } as const;

  it('asks where to, and sends all of it with its metadata and what was done', async () => {
    const exporting = exportPicture(bench.editor, ALL);
    await settled();
    const asked = bench.engine.newest('picture.write');
    const { params } = asked;
    expect(bench.main.paramsOf('files.save')).toEqual([{ kind: 'jpeg', name: 'photo-edited.jpg' }]);
    expect(params).toMatchObject({ file: 'grant', format: 'jpeg', quality: 80, record: RECORD });
    expect(params.canvas).toEqual(document.current.canvas);
    expect(params.tiles).toHaveLength(2);
    expect(params.metadata).toEqual({ exif: Uint8Array.of(1) });
    expect(params.selection).toBeUndefined();
    expect(params.location).toBeUndefined();
    await asked.answer({ bytes: null, dropped: ['The EXIF was left out.'] });
    await exporting;
    expect(bench.editor.notices.list).toMatchObject([
      { kind: 'done', message: 'Exported out.png. The EXIF was left out.' },
    ]);
    expect(document.current.picture.tiles.size).toBe(2); // what was sent is still here
  });

  it('leaves metadata out, and takes the selection for alpha, where that is wanted', async () => {
    select(document, { x: 0, y: 0, width: 9, height: 9 });
    const exporting = exportPicture(bench.editor, {
      ...ALL,
      format: 'png',
      metadata: 'none',
      selectionAsAlpha: true,
    });
    await settled();
    const asked = bench.engine.newest('picture.write');
    const { params } = asked;
    expect(params.metadata).toEqual({});
    expect(params.record).toBeUndefined();
    expect(params.selection).toHaveLength(1);
    await asked.answer({ bytes: null, dropped: [] });
    await exporting;
  });

  it('leaves out where the picture was taken, where that is wanted', async () => {
    const exporting = exportPicture(bench.editor, { ...ALL, metadata: 'no-location' });
    await settled();
    const asked = bench.engine.newest('picture.write');
    expect(asked.params).toMatchObject({
      location: false,
      record: RECORD,
      metadata: { exif: Uint8Array.of(1) },
    });
    await asked.answer({ bytes: null, dropped: [] });
    await exporting;
  });

  it('does nothing when the dialog is cancelled, and tells what goes wrong', async () => {
    bench.main.answers['files.save'] = () => null;
    await exportPicture(bench.editor, ALL);
    expect(bench.engine.asked).toEqual([]);
    bench.main.answers['files.save'] = () => FILE;
    const exporting = exportPicture(bench.editor, ALL);
    await settled();
    await bench.engine.newest('picture.write').fail(new TesseraError('output', 'no space'));
    await exporting;
    expect(bench.editor.notices.list).toMatchObject([{ kind: 'error', message: 'no space' }]);
    expect(bench.editor.activity).toBe(null);
  });
});

describe('what an export is proposed to be', () => {
  it('has the format of its source, and never its name', () => {
    expect(exportFormat(document, bench.editor.preferences)).toBe('png');
    document.format = 'jpeg';
    expect(exportFormat(document, bench.editor.preferences)).toBe('jpeg');
    document.format = 'heic';
    expect(exportFormat(document, bench.editor.preferences)).toBe('jpeg');
    for (const format of ['tiff', 'gif', 'psd', 'jxl']) {
      document.format = format;
      expect(exportFormat(document, bench.editor.preferences)).toBe('png');
    }
    expect(exportName('boat.jpg', 'jpeg')).toBe('boat-edited.jpg');
    expect(exportName('Canvas', 'webp')).toBe('Canvas.webp');
  });
});

describe('masks', () => {
  it('become the selection, as one step', async () => {
    select(document, { x: 200, y: 100, width: 50, height: 50 });
    const importing = importMask(document, bench.editor);
    await settled();
    const asked = bench.engine.newest('mask.read');
    const { params } = asked;
    const { canvas } = document.current;
    expect(params).toEqual({ file: 'grant', canvas });
    const blank = empty(canvas, 1);
    const mask = applyPatch(blank, fillRect(blank, { x: 5, y: 6, width: 7, height: 8 }, 255));
    const tiles = Array.from(mask.tiles, ([key, tile]) => ({ key, tile }));
    await asked.answer({ tiles, meaning: { kind: 'two-values', low: 0, high: 1 } });
    await importing;
    expect(bench.editor.notices.list).toMatchObject([
      { message: 'The mask has two values, 0 and 1: 1 counts as selected.' },
    ]);
    expect(boundsOf(document.current.selection)).toEqual({ x: 5, y: 6, width: 7, height: 8 });
    expect(document.history.entries.at(-1)).toMatchObject({
      label: 'Import mask',
      details: [{ kind: 'file', name: 'out.png' }],
    });
    document.undo();
    expect(boundsOf(document.current.selection)).toEqual({ x: 200, y: 100, width: 50, height: 50 });
  });

  it('are written from the selection, if there is one', async () => {
    await expect(exportMask(document, bench.editor)).rejects.toThrow('Nothing is selected.');
    select(document, { x: 0, y: 0, width: 9, height: 9 });
    const exporting = exportMask(document, bench.editor);
    await settled();
    const asked = bench.engine.newest('mask.write');
    const { params } = asked;
    expect(bench.main.paramsOf('files.save')).toEqual([{ kind: 'mask', name: 'photo-mask.png' }]);
    expect(params.tiles).toHaveLength(1);
    await asked.answer(null);
    await exporting;
    expect(bench.editor.notices.list).toMatchObject([{ message: 'Exported out.png.' }]);
  });
});
