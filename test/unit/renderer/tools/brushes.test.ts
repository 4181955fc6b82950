import { beforeEach, describe, expect, it } from 'vitest';
import { boundsOf, isEmpty } from '../../../../core/raster/bounds.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { writeRect } from '../../../../core/raster/write.ts';
import type { Editor } from '../../../../renderer/state/editor.svelte.ts';
import type { OpenDocument } from '../../../../renderer/state/openDocument.svelte.ts';
import { createBrush, createEraser, createOriginal } from '../../../../renderer/tools/brushes.ts';
import type { Tool } from '../../../../renderer/tools/tool.ts';
import { sameBytes } from '../support/bytes.ts';
import { createBench, openPicture, select } from '../support/editor.ts';
import { drag, pointerOver } from './pointer.ts';

const ALL = { x: 0, y: 0, width: 300, height: 200 };

let editor: Editor;
let document: OpenDocument;
let brush: Tool;

beforeEach(() => {
  const bench = createBench();
  ({ editor } = bench);
  document = openPicture(bench);
  Object.assign(editor.tools, { size: 20, hardness: 1, opacity: 1, pressure: true });
  brush = createBrush(editor);
});

function selected(x: number, y: number): number {
  return readRect(document.selection, { x, y, width: 1, height: 1 })[0]!;
}

function labels(): string[] {
  return document.history.entries.map(({ label }) => label);
}

describe('the brush', () => {
  it('makes one step of one stroke', () => {
    drag(brush, document, [
      [50, 50],
      [100, 50],
      [100, 100],
    ]);
    expect(labels()).toEqual(['Brush']);
    expect(document.history.entries[0]!.details).toEqual([
      { kind: 'brush', size: 20, hardness: 1, opacity: 1 },
    ]);
    expect([selected(75, 50), selected(100, 75), selected(75, 75)]).toEqual([255, 255, 0]);
    document.undo();
    expect(isEmpty(document.current.selection)).toBe(true);
  });

  it('shows the stroke while it is drawn, and says where it wrote', () => {
    const at = pointerOver(document);
    const seen: { x: number; width: number }[] = [];
    document.onTouch((rect) => seen.push(rect));
    brush.down(at(50, 50));
    brush.move(at(60, 50));
    expect(selected(55, 50)).toBe(255);
    expect(isEmpty(document.current.selection)).toBe(true);
    expect(labels()).toEqual([]);
    expect(seen.length).toBeGreaterThan(1);
    for (const { x, width } of seen) expect([x >= 36, x + width <= 74]).toEqual([true, true]);
    brush.up(at(60, 50));
    expect(document.live).toBeNull();
    expect(selected(55, 50)).toBe(255);
  });

  it('says where the end of a stroke was stamped, for its tiles are the same objects afterwards', () => {
    const at = pointerOver(document);
    brush.down(at(50, 50));
    brush.move(at(50.4, 50)); // too little for another dab
    let touched = false;
    document.onTouch(({ x, y, width, height }) => {
      touched = x <= 40.4 && y <= 40 && x + width >= 60.4 && y + height >= 60;
    });
    brush.up(at(50.4, 50));
    expect(touched).toBe(true);
  });

  it('gives a stroke up on Escape', () => {
    const at = pointerOver(document);
    brush.down(at(50, 50));
    brush.move(at(90, 50));
    editor.gesture?.cancel();
    expect(document.live).toBeNull();
    expect(editor.gesture).toBeNull();
    brush.move(at(120, 50));
    brush.up(at(120, 50));
    expect(labels()).toEqual([]);
    expect(isEmpty(document.selection)).toBe(true);
  });

  it('can begin and end outside the canvas', () => {
    drag(brush, document, [
      [-80, 100],
      [380, 100],
    ]);
    expect(boundsOf(document.current.selection)).toEqual({ x: 0, y: 90, width: 300, height: 20 });
    drag(brush, document, [
      [-80, -80],
      [-40, -80],
    ]);
    expect(labels()).toEqual(['Brush']);
  });

  it('draws a straight line from the last stroke with Shift', () => {
    drag(brush, document, [[50, 50]]);
    const at = pointerOver(document);
    brush.hover(at(150, 150, { shift: true }));
    expect(brush.overlays().map(({ kind }) => kind)).toEqual(['line', 'brush']);
    drag(brush, document, [[150, 150]], { shift: true });
    expect([selected(100, 100), selected(100, 50)]).toEqual([255, 0]);
    expect(labels()).toEqual(['Brush', 'Brush']);
  });

  it('knows no last stroke in another picture', () => {
    drag(brush, document, [[50, 50]]);
    const first = document;
    document = openPicture({ editor } as never, ALL);
    drag(brush, document, [[150, 150]], { shift: true });
    expect(selected(100, 100)).toBe(0);
    expect(first.history.entries).toHaveLength(1);
  });

  it('is as wide as a pen presses, unless that is switched off', () => {
    drag(brush, document, [[50, 50]], { pressure: 0.5 });
    expect(boundsOf(document.current.selection)).toMatchObject({ width: 10 });
    editor.tools.pressure = false;
    drag(brush, document, [[50, 50]], { pressure: 0.5 });
    expect(boundsOf(document.current.selection)).toMatchObject({ width: 20 });
  });

  it('takes away with Alt', () => {
    select(document, ALL);
    drag(brush, document, [[50, 50]], { alt: true });
    expect([selected(50, 50), selected(80, 50)]).toEqual([0, 255]);
  });

  it('does not overwrite what changed while it was drawn', () => {
    const at = pointerOver(document);
    brush.down(at(50, 50));
    select(document, { x: 200, y: 100, width: 10, height: 10 });
    brush.up(at(50, 50));
    expect(labels()).toEqual(['Rectangle']);
    expect(boundsOf(document.selection)).toEqual({ x: 200, y: 100, width: 10, height: 10 });
  });

  it('shows its size where the pointer is, and nothing once that has left', () => {
    brush.hover(pointerOver(document)(30, 40));
    expect(brush.overlays()).toMatchObject([
      { kind: 'brush', centre: { x: 30, y: 40 }, size: 20, hardness: 1 },
    ]);
    brush.leave?.();
    expect(brush.overlays()).toEqual([]);
  });

  it('does nothing without a picture', () => {
    editor.active = null;
    drag(brush, document, [
      [50, 50],
      [60, 60],
    ]);
    expect(document.history.entries).toEqual([]);
  });
});

describe('the eraser', () => {
  it('takes away, and paints with Alt', () => {
    select(document, { x: 0, y: 0, width: 100, height: 200 });
    const eraser = createEraser(editor);
    drag(eraser, document, [[50, 50]]);
    drag(eraser, document, [[150, 50]], { alt: true });
    expect([selected(50, 50), selected(80, 50), selected(150, 50)]).toEqual([0, 255, 255]);
    expect(labels()).toEqual(['Rectangle', 'Eraser', 'Eraser']);
  });
});

describe('the brush that paints the original back', () => {
  it('brings back the picture as it was opened where it was, and nothing elsewhere', () => {
    const { original } = document.current;
    const before = readRect(original, ALL);
    const other = new Uint8Array(before.length).fill(9);
    document.commit('Fill', { picture: writeRect(document.current.picture, ALL, other) });
    drag(createOriginal(editor), document, [
      [100, 100],
      [150, 100],
    ]);
    const now = readRect(document.current.picture, ALL);
    const pixel = (x: number, y: number): number[] => [
      ...now.subarray((y * 300 + x) * 4, (y * 300 + x + 1) * 4),
    ];
    expect(pixel(120, 100)).toEqual([120, 100, 77, 255]);
    expect(pixel(120, 120)).toEqual([9, 9, 9, 9]);
    expect(isEmpty(document.current.selection)).toBe(true);
    expect(labels()).toEqual(['Fill', 'Original back']);
    document.undo();
    expect(sameBytes(readRect(document.current.picture, ALL), other)).toBe(true);
  });

  it('makes no step where there is nothing to bring back', () => {
    drag(createOriginal(editor), document, [[100, 100]]);
    expect(labels()).toEqual([]);
  });
});
