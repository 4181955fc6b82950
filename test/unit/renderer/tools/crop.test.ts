import { beforeEach, describe, expect, it } from 'vitest';
import { uprightRect } from '../../../../core/document/remake/cropFrame.ts';
import { boundsOf } from '../../../../core/raster/bounds.ts';
import { applyCrop, setCropAngle, setCropRatio } from '../../../../renderer/commands/canvas/crop.ts';
import { cropFrameOf } from '../../../../renderer/state/crop.ts';
import { run } from '../../../../renderer/commands/registry.ts';
import type { Editor } from '../../../../renderer/state/editor.svelte.ts';
import type { OpenDocument } from '../../../../renderer/state/openDocument.svelte.ts';
import { CropTool } from '../../../../renderer/tools/crop.ts';
import { createBench, openPicture, select } from '../support/editor.ts';
import { drag, pointerOver } from './pointer.ts';

const CANVAS = { x: 0, y: 0, width: 300, height: 200 };

let editor: Editor;
let document: OpenDocument;
let tool: CropTool;

beforeEach(() => {
  const bench = createBench();
  ({ editor } = bench);
  document = openPicture(bench, CANVAS);
  document.view.size = { width: 800, height: 600 };
  document.view.centre = { x: 150, y: 100 };
  editor.tools.chosen = 'crop';
  tool = new CropTool(editor);
});

function rect() {
  return uprightRect(cropFrameOf(document));
}

describe('the crop tool', () => {
  it('draws a frame, resizes it by its handles and moves it', () => {
    drag(tool, document, [[50, 40], [150, 90], [200, 140]]); // prettier-ignore
    expect(rect()).toEqual({ x: 50, y: 40, width: 150, height: 100 });
    drag(tool, document, [[200, 90], [240, 90]]); // prettier-ignore
    expect(rect()).toEqual({ x: 50, y: 40, width: 190, height: 100 });
    drag(tool, document, [[100, 70], [80, 65]]); // prettier-ignore
    expect(rect()).toEqual({ x: 30, y: 35, width: 190, height: 100 });
    expect(tool.nudge({ x: 1, y: 0 }, true)).toBe(true);
    expect(rect().x).toBe(40);
    expect(document.history.entries).toEqual([]);
  });

  it('turns the frame by a drag outside it, and gives a drag up', () => {
    drag(tool, document, [[100, 60], [200, 140]]); // prettier-ignore
    const at = pointerOver(document);
    tool.hover(at(250, 100));
    expect(tool.cursor()).toBe('alias');
    drag(tool, document, [[250, 100], [236.6, 150]]); // prettier-ignore
    expect(cropFrameOf(document).angle).toBeCloseTo(30, 0);
    const before = document.crop;
    tool.down(at(150, 100));
    tool.move(at(170, 120));
    tool.cancel();
    expect(document.crop).toBe(before);
  });

  it('sets a line level that is drawn while straightening', () => {
    editor.tools.straightening = true;
    drag(tool, document, [[50, 50], [150, 60]]); // prettier-ignore
    expect(cropFrameOf(document).angle).toBeCloseTo(5.71, 1);
    expect(editor.tools.straightening).toBe(false);
  });

  it('holds to a ratio, and to the shape it has with Shift', () => {
    setCropRatio(editor, document, '1:1');
    expect(rect()).toEqual({ x: 50, y: 0, width: 200, height: 200 });
    drag(tool, document, [[250, 200], [200, 150]]); // prettier-ignore
    expect(rect()).toEqual({ x: 50, y: 0, width: 150, height: 150 });
    setCropRatio(editor, document, 'free');
    drag(tool, document, [[200, 75], [170, 75]], { shift: true }); // prettier-ignore
    expect(rect()).toMatchObject({ width: 120, height: 120 });
  });
});

describe('cropping', () => {
  it('is one step, takes the selection along, and Enter does it', async () => {
    select(document, { x: 60, y: 50, width: 200, height: 9 });
    drag(tool, document, [[50, 40], [200, 140]]); // prettier-ignore
    await run(editor, 'canvas.apply-crop');
    expect(document.current.canvas).toEqual({ x: 50, y: 40, width: 150, height: 100 });
    expect(boundsOf(document.current.selection)).toEqual({ x: 60, y: 50, width: 140, height: 9 });
    expect(document.crop).toBeNull();
    document.undo();
    expect(document.current.canvas).toEqual(CANVAS);
    expect(boundsOf(document.current.selection)).toEqual({ x: 60, y: 50, width: 200, height: 9 });
  });

  it('sets upright what stands askew, and tells the angle', async () => {
    setCropAngle(document, 10);
    await applyCrop(editor, document);
    const { canvas } = document.current;
    expect(canvas.width / canvas.height).toBeCloseTo(1.5, 1);
    expect(canvas.width).toBeLessThan(300);
    expect(document.history.entries).toMatchObject([
      { label: 'Crop', details: [{ kind: 'size' }, { kind: 'angle', degrees: -10 }] },
    ]);
  });

  it('to the selection leaves nothing selected', async () => {
    select(document, { x: 60, y: 50, width: 100, height: 80 });
    await run(editor, 'canvas.crop');
    expect(document.current.canvas).toEqual({ x: 60, y: 50, width: 100, height: 80 });
    expect(boundsOf(document.current.selection)).toBeNull();
  });

  it('of all there is does nothing, and Enter does not fill either', async () => {
    await run(editor, 'canvas.apply-crop');
    expect(document.history.entries).toEqual([]);
    expect(document.fill.job).toBeNull();
  });

  it('is given up by Escape', async () => {
    setCropAngle(document, 10);
    await run(editor, 'canvas.reset-crop');
    expect(document.crop).toBeNull();
  });
});
