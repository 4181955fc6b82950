import { openDocument } from '../../../../core/document/document.ts';
import type { PackageInfo } from '../../../../core/contract/packageApi.ts';
import type { Rect } from '../../../../core/base/geometry.ts';
import { fromFlat } from '../../../../core/raster/flat.ts';
import { fillRect } from '../../../../core/raster/write.ts';
import { Editor } from '../../../../renderer/state/editor.svelte.ts';
import { OpenDocument } from '../../../../renderer/state/openDocument.svelte.ts';
import { FakeEngine } from './fakeEngine.ts';
import { APP_INFO, FakeMain } from './fakeMain.ts';

export const PACKAGE: PackageInfo = {
  ref: 'tessera-base',
  id: 'tessera-base',
  server: null,
  sha256: 'ab'.repeat(32),
  name: 'Tessera Base',
  version: '0.1.0',
  license: 'CC-BY-SA-4.0',
  provider: 'cpu',
  codes: 1024,
  downsample: 8,
  minSize: 64,
  fills: true,
  window: { min: 16, max: 32 },
  prompt: null,
  usual: null,
  pass: null,
  palette: { order: [], colors: [] },
  precision: null,
  cost: null,
  bytes: 26_000_000,
  own: false,
};

export interface Bench {
  readonly editor: Editor;
  readonly engine: FakeEngine;
  readonly main: FakeMain;
}

/** An editor between a made-up engine and a made-up main, with one package that is ready. */
export function createBench(main = new FakeMain()): Bench {
  const engine = new FakeEngine();
  const editor = new Editor(engine, main);
  editor.appInfo = APP_INFO;
  editor.packages.update(PACKAGE);
  return { editor, engine, main };
}

/** A grey picture whose every pixel tells where it is. */
export function picturedDocument(canvas: Rect): OpenDocument {
  const data = new Uint8Array(canvas.width * canvas.height * 4);
  for (let i = 0; i < data.length; i += 4) {
    data[i] = (i >> 2) % canvas.width;
    data[i + 1] = Math.floor(i / 4 / canvas.width);
    data[i + 2] = 77;
    data[i + 3] = 255;
  }
  return new OpenDocument('photo.jpg', openDocument(canvas, fromFlat(canvas, 4, data)));
}

/** Opens such a picture; most tests need no more than one. */
export function openPicture(
  { editor }: Bench,
  canvas = { x: 0, y: 0, width: 300, height: 200 },
): OpenDocument {
  const document = picturedDocument(canvas);
  editor.open(document);
  return document;
}

/** Selects a rectangle, as a gesture would. */
export function select(document: OpenDocument, rect: Rect, value = 255): void {
  document.commit('Rectangle', { selection: fillRect(document.current.selection, rect, value) });
}
