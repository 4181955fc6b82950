import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Frame } from '../../../../core/frames/frame.ts';
import type { Editor } from '../../../../renderer/state/editor.svelte.ts';
import type { OpenDocument } from '../../../../renderer/state/openDocument.svelte.ts';
import { gripsOf, HANDLES } from '../../../../renderer/tools/frame/handles.ts';
import { FrameTool } from '../../../../renderer/tools/frame/frame.ts';
import { drawFrame, moveFrame, resizeFrame } from '../../../../renderer/tools/frame/geometry.ts';
import { createBench, openPicture } from '../support/editor.ts';
import { drag, pointerOver } from './pointer.ts';

const CANVAS = { x: 0, y: 0, width: 1000, height: 800 };
/** 32 x 32 tokens of 12 px: scale 1.5 of a package with 8 px per token. */
const FRAME: Frame = { rect: { x: 96, y: 96, width: 384, height: 384 }, scale: 1.5, columns: 32, rows: 32 };

let editor: Editor;
let document: OpenDocument;
let tool: FrameTool;

beforeEach(() => {
  const bench = createBench();
  ({ editor } = bench);
  document = openPicture(bench, CANVAS);
  document.view.size = { width: 1200, height: 1000 };
  document.view.centre = { x: 500, y: 400 };
  document.commit('Frame', { frame: { before: null, after: FRAME } });
  tool = new FrameTool(editor);
});

function frame(): Frame | null {
  return document.current.frame;
}

describe('frames that are dragged', () => {
  const by = fc.record({
    x: fc.integer({ min: -2000, max: 2000 }),
    y: fc.integer({ min: -2000, max: 2000 }),
  });
  const edges = fc.constantFrom(...HANDLES);

  it('always are whole tokens, with the edges across in place', () => {
    fc.assert(
      fc.property(by, edges, (by, edges) => {
        const { rect, columns, rows, scale } = resizeFrame(FRAME, edges, by, 16);
        expect([rect.width, rect.height]).toEqual([columns * 12, rows * 12]);
        expect(Math.min(columns, rows)).toBeGreaterThanOrEqual(16);
        expect(scale).toBe(1.5);
        if (edges.x >= 0) expect(rect.x).toBe(96);
        if (edges.x <= 0) expect(rect.x + rect.width).toBe(480);
        if (edges.y >= 0) expect(rect.y).toBe(96);
        if (edges.y === -1) expect(rect.y + rect.height).toBe(480);
      }),
    );
  });

  it('lie on the token lattice of the canvas or flush with its far edge, near where they were moved', () => {
    fc.assert(
      fc.property(by, (by) => {
        const { rect } = moveFrame(FRAME, by, CANVAS);
        expect(rect.x % 12 === 0 || rect.x + rect.width === 1000).toBe(true);
        expect(rect.y % 12 === 0 || rect.y + rect.height === 800).toBe(true);
        expect(Math.abs(rect.x - (96 + by.x))).toBeLessThanOrEqual(6);
        expect([rect.width, rect.height]).toEqual([384, 384]);
      }),
    );
  });

  it('are drawn to whole tokens from where the pointer came down', () => {
    const tokens = { unit: 8, downsample: 8, least: 16 };
    expect(drawFrame({ x: 10.4, y: 300 }, { x: 215, y: 100 }, tokens)).toEqual({
      rect: { x: 10, y: 100, width: 208, height: 200 },
      scale: 1,
      columns: 26,
      rows: 25,
    });
    expect(drawFrame({ x: 0, y: 0 }, { x: 9, y: 9 }, tokens)).toMatchObject({ columns: 16, rows: 16 });
  });
});

describe('the frame tool', () => {
  it('moves the frame by its inside', () => {
    drag(tool, document, [
      [300, 300],
      [324, 313],
    ]);
    expect(frame()?.rect).toEqual({ x: 120, y: 108, width: 384, height: 384 });
    expect(document.history.entries.at(-1)).toMatchObject({
      label: 'Frame',
      details: [
        { kind: 'size', of: 'px', width: 384, height: 384 },
        { kind: 'scale', least: 1.5, most: 1.5 },
      ],
    });
    document.undo();
    expect(frame()).toEqual(FRAME);
  });

  it('resizes it by a handle, and shows it meanwhile', () => {
    const at = pointerOver(document);
    tool.down(at(480, 288));
    tool.move(at(601, 288));
    expect(tool.overlays()).toMatchObject([{ kind: 'frame', frame: { columns: 42, rows: 32 } }]);
    expect(frame()).toEqual(FRAME);
    tool.up(at(601, 288));
    expect(frame()).toMatchObject({ rect: { x: 96, y: 96, width: 504, height: 384 }, columns: 42 });
  });

  it('takes a frame over that was chosen by itself', () => {
    document.commit('Automatic', { frame: { before: FRAME, after: null } });
    document.fill.plans = [{ frame: FRAME, bounds: FRAME.rect }];
    drag(tool, document, [
      [300, 300],
      [312, 300],
    ]);
    expect(frame()?.rect.x).toBe(108);
  });

  it('draws a new frame where there is none', () => {
    drag(tool, document, [
      [600, 500],
      [760, 660],
    ]);
    expect(frame()).toEqual({
      rect: { x: 600, y: 500, width: 160, height: 160 },
      scale: 1,
      columns: 20,
      rows: 20,
    });
  });

  it('draws no frame while no package is known', () => {
    editor.packages.list = [];
    drag(tool, document, [
      [600, 500],
      [760, 660],
    ]);
    expect(frame()).toEqual(FRAME);
  });

  it('extends the picture by a grip on its edge, by whole tokens, in one step', () => {
    const right = gripsOf(CANVAS, document.view).find(({ edges }) => edges.x === 1 && edges.y === 0)!;
    const { x, y } = document.view.toDocument(right.at);
    drag(tool, document, [
      [x, y],
      [x + 101, y],
    ]);
    expect(document.current.canvas).toEqual({ ...CANVAS, width: 1104 });
    expect(document.history.entries).toHaveLength(2);
    document.undo();
    expect(document.current.canvas).toEqual(CANVAS);
  });

  it('extends the picture by its edge wherever that is dragged, and draws no frame beside it', () => {
    document.commit('Automatic', { frame: { before: FRAME, after: null } });
    drag(tool, document, [
      [998, 130],
      [1064, 130],
    ]);
    expect([frame(), document.current.canvas.width]).toEqual([null, 1064]);
    document.undo();
    document.view.centre = { x: 900, y: 400 };
    drag(tool, document, [
      [1100, 500],
      [1300, 700],
    ]);
    expect([frame(), document.current.canvas]).toEqual([null, CANVAS]);
  });

  it('gives several frames no handles, and one that is moved counts alone from then on', () => {
    const other = { ...FRAME, rect: { ...FRAME.rect, x: 300 } };
    document.commit('Automatic', { frame: { before: FRAME, after: null } });
    document.fill.plans = [FRAME, other].map((frame) => ({ frame, bounds: frame.rect }));
    const at = pointerOver(document);
    tool.hover(at(480, 288));
    expect(tool.cursor()).toBe('move'); // the right handle of the first lies in the second
    drag(tool, document, [
      [600, 288],
      [612, 288],
    ]);
    expect(frame()?.rect.x).toBe(312);
    tool.hover(at(312, 288));
    expect(tool.cursor()).toBe('ew-resize');
  });

  it('shows what the picture is about to become, and cuts nothing off', () => {
    const corner = gripsOf(CANVAS, document.view).find(({ edges }) => edges.x === -1 && edges.y === -1)!;
    const from = document.view.toDocument(corner.at);
    const at = pointerOver(document);
    tool.down(at(from.x, from.y));
    tool.move(at(from.x - 80, from.y - 40));
    expect(tool.overlays()).toEqual([{ kind: 'canvas', rect: { x: -80, y: -40, width: 1080, height: 840 } }]);
    tool.move(at(from.x + 80, from.y + 40));
    tool.up(at(from.x + 80, from.y + 40));
    expect(document.current.canvas).toEqual(CANVAS);
  });

  it('goes back to the automatic frame on a double click in it', () => {
    tool.double(pointerOver(document)(300, 300));
    expect(frame()).toBeNull();
    tool.double(pointerOver(document)(300, 300));
    expect(document.history.entries).toHaveLength(2);
  });

  it('moves by a token with the arrows, and resizes with Shift', () => {
    expect(tool.nudge({ x: 1, y: 0 }, false)).toBe(true);
    expect(frame()?.rect).toMatchObject({ x: 108, y: 96 });
    tool.nudge({ x: 0, y: -1 }, true);
    expect(frame()).toMatchObject({ columns: 32, rows: 31 });
  });

  it('leaves the arrows to others where there is no frame', () => {
    document.commit('Automatic', { frame: { before: FRAME, after: null } });
    expect(tool.nudge({ x: 1, y: 0 }, false)).toBe(false);
  });

  it('makes no step of a click, nor of what Escape gives up', () => {
    drag(tool, document, [[300, 300]]);
    const at = pointerOver(document);
    tool.down(at(300, 300));
    tool.move(at(400, 400));
    editor.gesture?.cancel();
    tool.up(at(400, 400));
    expect(document.history.entries).toHaveLength(1);
    expect(tool.overlays()).toEqual([]);
  });

  it('tells by its cursor what would be taken hold of', () => {
    const at = pointerOver(document);
    for (const [x, y, cursor] of [
      [96, 96, 'nwse-resize'],
      [480, 96, 'nesw-resize'],
      [288, 96, 'ns-resize'],
      [96, 288, 'ew-resize'],
      [300, 300, 'move'],
      [700, 700, 'crosshair'],
    ] as const) {
      tool.hover(at(x, y));
      expect([x, y, tool.cursor()]).toEqual([x, y, cursor]);
    }
  });
});

describe('the grips of the picture', () => {
  it('stay in sight along an edge that is seen in part', () => {
    document.view.zoomTo(4);
    document.view.centre = { x: 950, y: 700 };
    const { height } = document.view.size;
    const right = gripsOf(CANVAS, document.view).find(({ edges }) => edges.x === 1 && edges.y === 0)!;
    expect(right.at.y).toBeGreaterThan(0);
    expect(right.at.y).toBeLessThan(height);
  });

  it('are not there while nothing of the picture is seen', () => {
    document.view.centre = { x: 9000, y: 9000 };
    expect(gripsOf(CANVAS, document.view)).toEqual([]);
  });
});
