import { beforeEach, describe, expect, it } from 'vitest';
import { boundsOf } from '../../../../core/raster/bounds.ts';
import type { Editor } from '../../../../renderer/state/editor.svelte.ts';
import type { OpenDocument } from '../../../../renderer/state/openDocument.svelte.ts';
import { LassoTool } from '../../../../renderer/tools/lasso.ts';
import { MoveTool } from '../../../../renderer/tools/move.ts';
import { createRectangle } from '../../../../renderer/tools/shapes.ts';
import { createBench, openPicture, select } from '../support/editor.ts';
import { drag, pointerOver } from './pointer.ts';

const BOX = { x: 10, y: 20, width: 30, height: 40 };

let editor: Editor;
let document: OpenDocument;
beforeEach(() => {
  const bench = createBench();
  ({ editor } = bench);
  document = openPicture(bench); // 300 x 200 px
  select(document, BOX);
});

function bounds(): unknown {
  return boundsOf(document.current.selection);
}

describe('a drag inside what is selected', () => {
  it('moves it with each tool that selects by a drag, as one step, and shows it on the way', () => {
    for (const tool of [createRectangle(editor), new LassoTool(editor)]) {
      const at = pointerOver(document);
      tool.hover(at(20, 30));
      expect(tool.cursor()).toBe('move');
      tool.down(at(20, 30));
      tool.move(at(70, 60));
      expect(boundsOf(document.selection)).toEqual({ ...BOX, x: 60, y: 50 });
      tool.up(at(71, 60));
      expect([bounds(), document.live]).toEqual([{ ...BOX, x: 61, y: 50 }, null]);
      expect(document.history.entries.at(-1)!.label).toBe('Move selection');
      document.undo();
    }
  });

  it('is taken back by Escape; a click lets go of the selection; with Shift a shape is added', () => {
    const rectangle = createRectangle(editor);
    const at = pointerOver(document);
    rectangle.down(at(20, 30));
    rectangle.move(at(70, 60));
    rectangle.cancel();
    expect([boundsOf(document.selection), document.live]).toEqual([BOX, null]);
    drag(rectangle, document, [[20, 30], [59, 39]], { shift: true }); // prettier-ignore
    expect(bounds()).toEqual({ ...BOX, width: 50 });
    document.undo();
    drag(rectangle, document, [[20, 30]]);
    expect(bounds()).toBeNull();
  });
});

describe('the move tool', () => {
  it('moves what is selected from anywhere, and by the arrows; without a selection it does nothing', () => {
    const move = new MoveTool(editor);
    drag(move, document, [[200, 100], [203, 100], [205, 97]]); // prettier-ignore
    expect(bounds()).toEqual({ ...BOX, x: 15, y: 17 });
    expect(move.nudge({ x: -1, y: 0 }, true)).toBe(true);
    expect(bounds()).toEqual({ ...BOX, x: 5, y: 17 });
    document.undo();
    document.undo();
    document.undo();
    const steps = document.history.position;
    expect([move.cursor(), move.nudge({ x: 1, y: 0 }, false)]).toEqual(['not-allowed', false]);
    drag(move, document, [[200, 100], [205, 97]]); // prettier-ignore
    expect(document.history.position).toBe(steps);
  });
});
