import { beforeEach, describe, expect, it } from 'vitest';
import type { Rect } from '../../../../../core/base/geometry.ts';
import { fromFlat, readRect } from '../../../../../core/raster/flat.ts';
import { fromTiles } from '../../../../../core/raster/make.ts';
import { copy, openClipboard, paste } from '../../../../../renderer/commands/files/clipboard.ts';
import { placeFloating } from '../../../../../renderer/commands/stitch/float.ts';
import type { OpenDocument } from '../../../../../renderer/state/openDocument.svelte.ts';
import { type Bench, createBench, openPicture, select } from '../../support/editor.ts';
import { settled } from '../../support/fakeEngine.ts';
import { FakeMain } from '../../support/fakeMain.ts';

const PNG = Uint8Array.of(0x89, 0x50);

let bench: Bench;
beforeEach(() => {
  bench = createBench(
    new FakeMain({ 'clipboard.readPicture': () => ({ png: PNG }), 'clipboard.writePicture': () => null }),
  );
});

/** The clipboard holds a picture of one colour. */
async function decode(width: number, height: number, rgba: readonly number[]): Promise<void> {
  await settled();
  const asked = bench.engine.newest('picture.read');
  expect(asked.params).toEqual({ bytes: PNG, name: 'Clipboard' });
  const data = Uint8Array.from({ length: width * height * 4 }, (_, i) => rgba[i % 4]!);
  const { tiles } = fromFlat({ x: 0, y: 0, width, height }, 4, data);
  asked.tell({ tiles: Array.from(tiles, ([key, tile]) => ({ key, tile })), done: 1 });
  await asked.answer({
    width,
    height,
    name: 'Clipboard',
    format: 'png',
    frames: 1,
    frame: 1,
    metadata: {},
    missing: null,
  });
}

function pixel(document: OpenDocument, x: number, y: number): number[] {
  return [...readRect(document.current.picture, { x, y, width: 1, height: 1 })];
}

function lookAt(document: OpenDocument, x: number, y: number): void {
  document.view.centre = { x, y };
}

describe('copying', () => {
  async function copied(document: OpenDocument): Promise<{ canvas: Rect; alpha: Uint8Array | null }> {
    const copying = copy(document, bench.editor);
    await settled();
    const asked = bench.engine.newest('picture.write');
    const { canvas, tiles, selection, file, format } = asked.params;
    expect([file, format]).toEqual([null, 'png']);
    const sent = readRect(fromTiles(canvas, 4, tiles), canvas);
    expect(sent).toEqual(readRect(document.current.picture, canvas));
    await asked.answer({ bytes: PNG, dropped: [] });
    await copying;
    return { canvas, alpha: selection ? readRect(fromTiles(canvas, 1, selection), canvas) : null };
  }

  it('takes all of the picture where nothing is selected', async () => {
    const document = openPicture(bench);
    expect(await copied(document)).toEqual({ canvas: document.current.canvas, alpha: null });
    expect(bench.main.paramsOf('clipboard.writePicture')).toEqual([{ png: PNG }]);
  });

  it('takes the bounds of what is selected, as transparent as it is not', async () => {
    const document = openPicture(bench);
    select(document, { x: 20, y: 30, width: 4, height: 3 }, 128);
    const { canvas, alpha } = await copied(document);
    expect(canvas).toEqual({ x: 20, y: 30, width: 4, height: 3 });
    expect(alpha).toEqual(new Uint8Array(12).fill(128));
  });
});

describe('pasting', () => {
  it('lays the picture into the middle of what is seen, as one step', async () => {
    const document = openPicture(bench);
    lookAt(document, 100, 50);
    const outside = pixel(document, 89, 50);
    const pasting = paste(bench.editor);
    await decode(20, 10, [200, 0, 0, 255]);
    await pasting;
    expect([document.history.entries, document.edited]).toEqual([[], true]);
    placeFloating(document);
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Paste']);
    expect([pixel(document, 90, 45), pixel(document, 109, 54)]).toEqual([
      [200, 0, 0, 255],
      [200, 0, 0, 255],
    ]);
    expect(pixel(document, 89, 50)).toEqual(outside);
    document.undo();
    expect(pixel(document, 100, 50)).toEqual([100, 50, 77, 255]);
  });

  it('lets what lies below show through', async () => {
    const document = openPicture(bench);
    lookAt(document, 100, 50);
    const pasting = paste(bench.editor);
    await decode(2, 2, [200, 0, 0, 51]);
    await pasting;
    placeFloating(document);
    expect(pixel(document, 100, 50)).toEqual([120, 40, 62, 255]);
  });

  it('where no document is open, or as a new one, makes an unsaved document', async () => {
    for (const command of [paste, openClipboard]) {
      const opening = command(bench.editor);
      await decode(3, 2, [1, 2, 3, 255]);
      await opening;
      expect(bench.editor.active).toMatchObject({ name: 'Clipboard', edited: true, project: null });
      bench.editor.close(bench.editor.active!);
    }
  });

  it('needs a picture on the clipboard', async () => {
    bench.main.answers['clipboard.readPicture'] = () => null;
    await expect(paste(bench.editor)).rejects.toThrow('The clipboard holds no picture.');
  });
});
