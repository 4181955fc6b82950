import { beforeEach, describe, expect, it } from 'vitest';
import { boundsOf } from '../../../../core/raster/bounds.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { writeRect } from '../../../../core/raster/write.ts';
import type { Editor } from '../../../../renderer/state/editor.svelte.ts';
import type { OpenDocument } from '../../../../renderer/state/openDocument.svelte.ts';
import { createColour, createWand } from '../../../../renderer/tools/wands.ts';
import { createBench, openPicture, select } from '../support/editor.ts';
import { drag } from './pointer.ts';

let editor: Editor;
let document: OpenDocument;

/** Black, with two red squares far from each other. */
beforeEach(() => {
  const bench = createBench();
  ({ editor } = bench);
  document = openPicture(bench);
  const canvas = document.current.canvas;
  paint(canvas, [0, 0, 0, 255]);
  paint({ x: 20, y: 20, width: 40, height: 40 }, [200, 0, 0, 255]);
  paint({ x: 200, y: 100, width: 40, height: 40 }, [200, 0, 0, 255]);
  document.history = { ...document.history, entries: [], position: 0 };
});

function paint(
  rect: { x: number; y: number; width: number; height: number },
  colour: readonly number[],
): void {
  const data = new Uint8Array(rect.width * rect.height * 4);
  for (let i = 0; i < data.length; i++) data[i] = colour[i % 4]!;
  document.commit('Paint', { picture: writeRect(document.current.picture, rect, data) });
}

function selected(x: number, y: number): number {
  return readRect(document.selection, { x, y, width: 1, height: 1 })[0]!;
}

describe('the wand', () => {
  it('selects what hangs together with the pixel that is clicked', () => {
    drag(createWand(editor), document, [[30.7, 30.2]]);
    expect([selected(40, 40), selected(220, 120), selected(100, 100)]).toEqual([255, 0, 0]);
    expect(document.history.entries).toMatchObject([
      {
        label: 'Wand',
        details: [
          { kind: 'selection', mode: 'replace' },
          { kind: 'levels', of: 'tolerance', levels: 32 },
          { kind: 'contiguous', contiguous: true },
        ],
      },
    ]);
  });

  it('selects it everywhere if it is set so', () => {
    editor.tools.contiguous = false;
    drag(createWand(editor), document, [[30, 30]]);
    expect([selected(40, 40), selected(220, 120), selected(100, 100)]).toEqual([255, 255, 0]);
  });

  it('adds with Shift', () => {
    select(document, { x: 100, y: 10, width: 5, height: 5 });
    drag(createWand(editor), document, [[30, 30]], { shift: true });
    expect([selected(102, 12), selected(40, 40)]).toEqual([255, 255]);
  });

  it('does nothing beside the picture', () => {
    drag(createWand(editor), document, [[-0.5, 30]]);
    drag(createWand(editor), document, [[300, 30]]);
    expect(document.history.entries).toEqual([]);
    expect(boundsOf(document.selection)).toBeNull();
  });
});

describe('selecting by colour', () => {
  it('selects a colour wherever it is', () => {
    drag(createColour(editor), document, [[30, 30]]);
    expect([selected(40, 40), selected(220, 120), selected(100, 100)]).toEqual([255, 255, 0]);
    expect(document.history.entries).toMatchObject([
      {
        label: 'Select by colour',
        details: [{ kind: 'selection' }, { kind: 'levels', of: 'fuzziness', levels: 40 }],
      },
    ]);
  });
});
