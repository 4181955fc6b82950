import { describe, expect, it } from 'vitest';
import { readRect } from '../../../../../core/raster/flat.ts';
import { extendBy, extendToFrame } from '../../../../../renderer/commands/canvas/extend.ts';
import { createBench, openPicture } from '../../support/editor.ts';
import { sameBytes } from '../../support/bytes.ts';

const CANVAS = { x: 0, y: 0, width: 300, height: 200 };

describe('extending the picture', () => {
  it('makes room at every side, empty and selected, and moves nothing', () => {
    const bench = createBench();
    const document = openPicture(bench, CANVAS);
    const before = readRect(document.current.picture, CANVAS);
    extendBy(bench.editor, { left: 10, top: 20, right: 30, bottom: 40 });
    const { canvas, picture, selection } = document.current;
    expect(canvas).toEqual({ x: -10, y: -20, width: 340, height: 260 });
    expect(sameBytes(readRect(picture, CANVAS), before)).toBe(true);
    const selected = readRect(selection, canvas);
    for (let y = 0; y < canvas.height; y++) {
      for (let x = 0; x < canvas.width; x++) {
        const inside = x >= 10 && x < 310 && y >= 20 && y < 220;
        if (selected[y * canvas.width + x] !== (inside ? 0 : 255)) throw new Error(`at ${x}, ${y}`);
      }
    }
    expect(document.history.entries).toMatchObject([
      { label: 'Extend', details: [{ kind: 'size', of: 'px', width: 340, height: 260 }] },
    ]);
    document.undo();
    expect(document.current.canvas).toEqual(CANVAS);
  });

  it('keeps all of it in view, unless only a part was', () => {
    const bench = createBench();
    const { view } = openPicture(bench, CANVAS);
    view.size = { width: 500, height: 300 };
    view.fit(CANVAS);
    extendBy(bench.editor, { left: 300, top: 0, right: 0, bottom: 0 });
    expect(view.toScreen({ x: -300, y: 0 }).x).toBeGreaterThan(0);
    view.zoomTo(8);
    const { centre } = view;
    extendBy(bench.editor, { left: 0, top: 0, right: 300, bottom: 0 });
    expect([view.zoom, view.centre]).toEqual([8, centre]);
  });

  it('by nothing is no step', () => {
    const bench = createBench();
    const document = openPicture(bench, CANVAS);
    extendBy(bench.editor, { left: 0, top: 0, right: 0, bottom: 0 });
    expect(document.history.entries).toEqual([]);
  });

  it('follows a frame that was pulled out of it, and none that only ends within a token', () => {
    const bench = createBench();
    const document = openPicture(bench, CANVAS);
    const frame = { rect: { x: 0, y: 0, width: 304, height: 200 }, scale: 1, columns: 38, rows: 25 };
    document.commit('Frame', { frame: { before: null, after: frame } });
    extendToFrame(document);
    expect(document.current.canvas).toEqual(CANVAS);
    const wider = { ...frame, rect: { ...frame.rect, width: 312 }, columns: 39 };
    document.commit('Frame', { frame: { before: frame, after: wider } });
    extendToFrame(document);
    expect(document.current.canvas).toEqual({ ...CANVAS, width: 312 });
  });

  it('stops where files could not hold the picture', () => {
    const bench = createBench();
    const document = openPicture(bench, CANVAS);
    extendBy(bench.editor, { left: 0, top: 0, right: 40_000, bottom: 0 });
    extendBy(bench.editor, { left: 0, top: 0, right: 20_000, bottom: 20_000 });
    expect(document.current.canvas).toEqual(CANVAS);
    expect(bench.editor.notices.list.map(({ message }) => message)).toEqual([
      'The picture would be 20300 x 20200 px, too large to save.',
      'The picture would be 40300 x 200 px, too large to save.',
    ]);
  });
});
