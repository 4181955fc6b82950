import { beforeEach, describe, expect, it } from 'vitest';
import { boundsOf } from '../../../../core/raster/bounds.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { writeRect } from '../../../../core/raster/write.ts';
import { extendBy, overlapShown } from '../../../../renderer/commands/canvas/extend.ts';
import type { Editor } from '../../../../renderer/state/editor.svelte.ts';
import type { OpenDocument } from '../../../../renderer/state/openDocument.svelte.ts';
import { ExtendTool } from '../../../../renderer/tools/extend.ts';
import { sameBytes } from '../support/bytes.ts';
import { createBench, openPicture } from '../support/editor.ts';
import { drag, pointerOver } from './pointer.ts';

const CANVAS = { x: 0, y: 0, width: 300, height: 200 };

let editor: Editor;
let document: OpenDocument;
let tool: ExtendTool;

beforeEach(() => {
  const bench = createBench();
  ({ editor } = bench);
  document = openPicture(bench, CANVAS);
  document.view.size = { width: 1400, height: 900 };
  document.view.centre = { x: 150, y: 100 };
  editor.tools.overlap = 0;
  tool = new ExtendTool(editor);
});

describe('the extend tool', () => {
  it('draws an edge outwards, from on it or from outside', () => {
    drag(tool, document, [[297, 90], [340, 95]]); // prettier-ignore
    expect(document.current.canvas).toEqual({ x: 0, y: 0, width: 343, height: 200 });
    expect(boundsOf(document.current.selection)).toEqual({ x: 300, y: 0, width: 43, height: 200 });
    drag(tool, document, [[100, -40], [110, -80]]); // prettier-ignore
    expect(document.current.canvas).toEqual({ x: 0, y: -40, width: 343, height: 240 });
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Extend', 'Extend']);
  });

  it('takes two edges by a corner, and with Alt those across', () => {
    drag(tool, document, [[1, 1], [-19, -9]]); // prettier-ignore
    expect(document.current.canvas).toEqual({ x: -20, y: -10, width: 320, height: 210 });
    document.undo();
    drag(tool, document, [[1, 90], [-37, 90]], { alt: true }); // prettier-ignore
    expect(document.current.canvas).toEqual({ x: -38, y: 0, width: 376, height: 200 });
  });

  it('comes to rest on common ratios', () => {
    drag(tool, document, [[299, 90], [352, 90]]); // prettier-ignore
    expect(document.current.canvas.width).toBe(356); // 16:9
  });

  it('does nothing inside the picture, inwards, by a click, or when it is given up', () => {
    drag(tool, document, [[150, 100], [400, 100]]); // prettier-ignore
    drag(tool, document, [[299, 100], [200, 100]]); // prettier-ignore
    drag(tool, document, [[299, 100], [300, 100]]); // prettier-ignore
    const at = pointerOver(document);
    tool.down(at(299, 100));
    tool.move(at(399, 100));
    expect(tool.overlays()).toMatchObject([{ kind: 'canvas', rect: { width: 400 } }]);
    tool.cancel();
    tool.up(at(399, 100));
    expect(document.history.entries).toEqual([]);
    tool.hover(at(299, 100));
    expect(tool.cursor()).toBe('ew-resize');
  });
});

describe('the overlap of an extension', () => {
  it('selects so many px of the picture on the sides that are extended, and changes none of them', () => {
    editor.tools.overlap = 12;
    const before = readRect(document.current.picture, CANVAS);
    extendBy(editor, { left: 0, top: 0, right: 40, bottom: 0 });
    expect(boundsOf(document.current.selection)).toEqual({ x: 288, y: 0, width: 52, height: 200 });
    expect(sameBytes(readRect(document.current.picture, CANVAS), before)).toBe(true);
  });

  it('is what lines along the border ask for, unless it is set', () => {
    editor.tools.overlap = null;
    const { picture } = document.current;
    const pixels = readRect(picture, CANVAS);
    for (let i = 0; i < pixels.length; i += 4) {
      const x = (i / 4) % 300;
      const value = x < 2 ? 0 : 100 + ((i * 7919) % 90);
      pixels.set([value, value, value], i);
    }
    document.commit('Paint', { picture: writeRect(picture, CANVAS, pixels) });
    expect(overlapShown(editor, document)).toBe(4);
    extendBy(editor, { left: 40, top: 10, right: 0, bottom: 0 });
    expect(boundsOf(document.current.selection)).toEqual({ x: -40, y: -10, width: 340, height: 210 });
    expect([...readRect(document.current.selection, { x: 2, y: 50, width: 4, height: 1 })]).toEqual([
      255, 255, 0, 0,
    ]);
    expect(readRect(document.current.selection, { x: 50, y: 0, width: 1, height: 1 })[0]).toBe(0);
  });
});
