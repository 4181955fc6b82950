import { beforeEach, describe, expect, it } from 'vitest';
import { readRect } from '../../../../core/raster/flat.ts';
import type { Editor } from '../../../../renderer/state/editor.svelte.ts';
import type { OpenDocument } from '../../../../renderer/state/openDocument.svelte.ts';
import { PolygonTool } from '../../../../renderer/tools/polygon.ts';
import { createBench, openPicture } from '../support/editor.ts';
import { drag, pointerOver } from './pointer.ts';

let editor: Editor;
let document: OpenDocument;
let polygon: PolygonTool;

beforeEach(() => {
  const bench = createBench();
  ({ editor } = bench);
  document = openPicture(bench);
  polygon = new PolygonTool(editor);
});

const TRIANGLE = [
  [50, 50],
  [150, 50],
  [50, 150],
] as const;

function click(x: number, y: number): void {
  drag(polygon, document, [[x, y]]);
}

function corners(): (readonly [number, number])[] {
  return polygon
    .overlays()
    .flatMap((overlay) => (overlay.kind === 'path' ? overlay.points : []))
    .map(({ x, y }) => [x, y]);
}

function selected(x: number, y: number): number {
  return readRect(document.selection, { x, y, width: 1, height: 1 })[0]!;
}

const CORNERS = { kind: 'count', of: 'corners', count: 3 };

describe('the polygon', () => {
  it('selects between the corners that were clicked, when Enter closes it', () => {
    for (const [x, y] of TRIANGLE) click(x, y);
    expect(document.history.entries).toEqual([]);
    editor.gesture?.finish?.();
    expect([selected(70, 70), selected(140, 140)]).toEqual([255, 0]);
    expect(document.history.entries).toMatchObject([
      { label: 'Polygon', details: [{ kind: 'selection', mode: 'replace' }, CORNERS] },
    ]);
    expect(editor.gesture).toBeNull();
    expect(polygon.overlays()).toEqual([]);
  });

  it('is closed by a double click, which sets one corner', () => {
    for (const [x, y] of TRIANGLE) click(x, y);
    click(51, 150);
    polygon.double();
    expect(document.history.entries).toMatchObject([{ details: [{ kind: 'selection' }, CORNERS] }]);
  });

  it('is closed by a click on its first corner', () => {
    for (const [x, y] of TRIANGLE) click(x, y);
    click(53, 54);
    expect(document.history.entries).toMatchObject([{ details: [{ kind: 'selection' }, CORNERS] }]);
  });

  it('takes the last corner back on Backspace, and gives up at the first', () => {
    for (const [x, y] of TRIANGLE) click(x, y);
    editor.gesture?.stepBack?.();
    expect(corners()).toEqual([
      [50, 50],
      [150, 50],
      [50, 150], // under the pointer
    ]);
    editor.gesture?.stepBack?.();
    editor.gesture?.stepBack?.();
    expect(polygon.overlays()).toEqual([]);
    expect(editor.gesture).toBeNull();
  });

  it('is not closed before it has three corners', () => {
    click(50, 50);
    click(150, 50);
    editor.gesture?.finish?.();
    expect(document.history.entries).toEqual([]);
    expect(editor.gesture).not.toBeNull();
  });

  it('is given up on Escape', () => {
    for (const [x, y] of TRIANGLE) click(x, y);
    editor.gesture?.cancel();
    editor.gesture?.finish?.();
    expect(polygon.overlays()).toEqual([]);
    expect(document.history.entries).toEqual([]);
  });

  it('draws its last side to where the pointer is', () => {
    click(50, 50);
    polygon.hover(pointerOver(document)(90, 20));
    expect(corners()).toEqual([
      [50, 50],
      [90, 20],
    ]);
  });

  it('keeps how it meets the selection from its first corner', () => {
    drag(polygon, document, [[50, 50]], { shift: true });
    click(150, 50);
    click(50, 150);
    polygon.finish();
    expect(document.history.entries).toMatchObject([
      { details: [{ kind: 'selection', mode: 'add' }, CORNERS] },
    ]);
  });
});
