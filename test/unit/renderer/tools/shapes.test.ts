import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { boundsOf, isEmpty } from '../../../../core/raster/bounds.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import type { Editor } from '../../../../renderer/state/editor.svelte.ts';
import type { OpenDocument } from '../../../../renderer/state/openDocument.svelte.ts';
import { createEllipse, createRectangle, dragRect } from '../../../../renderer/tools/shapes.ts';
import { LassoTool } from '../../../../renderer/tools/lasso.ts';
import type { Tool } from '../../../../renderer/tools/tool.ts';
import { createBench, openPicture, select } from '../support/editor.ts';
import { drag, pointerOver } from './pointer.ts';

let editor: Editor;
let document: OpenDocument;
let rectangle: Tool;

beforeEach(() => {
  const bench = createBench();
  ({ editor } = bench);
  document = openPicture(bench);
  rectangle = createRectangle(editor);
});

function selected(x: number, y: number): number {
  return readRect(document.selection, { x, y, width: 1, height: 1 })[0]!;
}

function bounds(): unknown {
  return boundsOf(document.current.selection);
}

const BOX = [
  [40, 30],
  [99, 79],
] as const;

describe('a dragged rectangle', () => {
  const at = fc.record({
    x: fc.double({ min: -50, max: 50, noNaN: true }),
    y: fc.double({ min: -50, max: 50, noNaN: true }),
  });

  it('has the pixels under both its ends as corners', () => {
    fc.assert(
      fc.property(at, at, (from, to) => {
        const { x, y, width, height } = dragRect(from, to, { square: false, centred: false });
        expect([x, x + width - 1].includes(Math.floor(from.x))).toBe(true);
        expect([x, x + width - 1].includes(Math.floor(to.x))).toBe(true);
        expect([y, y + height - 1].includes(Math.floor(from.y))).toBe(true);
        expect([y, y + height - 1].includes(Math.floor(to.y))).toBe(true);
      }),
    );
  });

  it('has equal sides if asked, and the first pixel in its middle if asked', () => {
    fc.assert(
      fc.property(at, at, (from, to) => {
        const square = dragRect(from, to, { square: true, centred: false });
        expect(square.width).toBe(square.height);
        const { x, y, width, height } = dragRect(from, to, { square: false, centred: true });
        expect(x + (width - 1) / 2 === Math.floor(from.x)).toBe(true);
        expect(y + (height - 1) / 2 === Math.floor(from.y)).toBe(true);
      }),
    );
  });
});

describe('the rectangle', () => {
  it('selects the pixels it touches, in one step', () => {
    drag(rectangle, document, BOX);
    expect(bounds()).toEqual({ x: 40, y: 30, width: 60, height: 50 });
    expect(selected(40, 30)).toBe(255);
    expect(document.history.entries).toMatchObject([
      {
        label: 'Rectangle',
        details: [
          { kind: 'selection', mode: 'replace' },
          { kind: 'size', of: 'px', width: 60, height: 50 },
        ],
      },
    ]);
  });

  it('replaces what was selected, or adds, subtracts and intersects as it is set', () => {
    const first = { x: 0, y: 0, width: 60, height: 60 };
    for (const [mode, inFirst, inBoth, inBox] of [
      ['replace', 0, 255, 255],
      ['add', 255, 255, 255],
      ['subtract', 255, 0, 0],
      ['intersect', 0, 255, 0],
    ] as const) {
      document = openPicture({ editor } as never);
      select(document, first);
      editor.tools.combine = mode;
      drag(rectangle, document, [...BOX].reverse()); // from outside of what is selected
      expect([mode, selected(10, 10), selected(50, 50), selected(90, 70)]).toEqual([
        mode,
        inFirst,
        inBoth,
        inBox,
      ]);
    }
  });

  it('adds with Shift, subtracts with Alt, and intersects with both, whatever it is set to', () => {
    const first = { x: 0, y: 0, width: 60, height: 60 };
    for (const [keys, expected] of [
      [{ shift: true }, [255, 255, 255]],
      [{ alt: true }, [255, 0, 0]],
      [{ shift: true, alt: true }, [0, 255, 0]],
    ] as const) {
      document = openPicture({ editor } as never);
      select(document, first);
      drag(rectangle, document, BOX, keys);
      expect([selected(10, 10), selected(50, 50), selected(90, 70)]).toEqual(expected);
    }
  });

  it('keeps its sides equal with Shift, and its middle with Alt, pressed after it was begun', () => {
    const at = pointerOver(document);
    rectangle.down(at(100, 100));
    rectangle.move(at(140, 120, { shift: true }));
    expect(rectangle.overlays()).toEqual([
      { kind: 'rectangle', rect: { x: 100, y: 100, width: 41, height: 41 } },
    ]);
    rectangle.move(at(140, 120, { alt: true }));
    expect(rectangle.overlays()).toEqual([
      { kind: 'rectangle', rect: { x: 60, y: 80, width: 81, height: 41 } },
    ]);
    rectangle.up(at(140, 120));
    expect(bounds()).toEqual({ x: 100, y: 100, width: 41, height: 21 });
  });

  it('lets go of what is selected on a click, but not where it would add', () => {
    select(document, { x: 0, y: 0, width: 60, height: 60 });
    drag(rectangle, document, [[200, 150]], { shift: true });
    expect(selected(10, 10)).toBe(255);
    drag(rectangle, document, [[200, 150]]);
    expect(isEmpty(document.current.selection)).toBe(true);
    drag(rectangle, document, [[200, 150]]);
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Rectangle', 'Deselect']);
  });

  it('reaches no further than the canvas', () => {
    drag(rectangle, document, [
      [-40, -40],
      [20, 20],
    ]);
    expect(bounds()).toEqual({ x: 0, y: 0, width: 21, height: 21 });
  });

  it('is given up on Escape', () => {
    const at = pointerOver(document);
    rectangle.down(at(10, 10));
    rectangle.move(at(100, 100));
    editor.gesture?.cancel();
    expect(rectangle.overlays()).toEqual([]);
    rectangle.up(at(100, 100));
    expect(document.history.entries).toEqual([]);
    expect(editor.gesture).toBeNull();
  });
});

describe('the ellipse', () => {
  it('touches the sides of what was dragged, and leaves its corners out', () => {
    drag(createEllipse(editor), document, BOX);
    expect(bounds()).toEqual({ x: 40, y: 30, width: 60, height: 50 });
    expect([selected(70, 55), selected(40, 30), selected(99, 79)]).toEqual([255, 0, 0]);
  });
});

describe('the lasso', () => {
  const triangle = [
    [50, 50],
    [150, 50],
    [50, 150],
  ] as const;

  it('selects what is drawn around', () => {
    drag(new LassoTool(editor), document, triangle);
    expect([selected(70, 70), selected(140, 140)]).toEqual([255, 0]);
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Lasso']);
  });

  it('shows its line, and none after Escape', () => {
    const lasso = new LassoTool(editor);
    const at = pointerOver(document);
    lasso.down(at(50, 50));
    lasso.move(at(150, 50));
    expect(lasso.overlays()).toMatchObject([
      { kind: 'path', corners: false, points: [{ x: 50 }, { x: 150 }] },
    ]);
    editor.gesture?.cancel();
    expect(lasso.overlays()).toEqual([]);
  });

  it('lets go of what is selected on a click', () => {
    select(document, { x: 0, y: 0, width: 60, height: 60 });
    drag(new LassoTool(editor), document, [[200, 150]]);
    expect(isEmpty(document.current.selection)).toBe(true);
  });
});
