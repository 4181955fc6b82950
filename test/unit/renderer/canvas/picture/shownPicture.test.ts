import { beforeEach, describe, expect, it } from 'vitest';
import type { Rect } from '../../../../../core/base/geometry.ts';
import type { PixelPatch } from '../../../../../core/pixels/picture.ts';
import { readRect } from '../../../../../core/raster/flat.ts';
import type {
  FillJobState,
  FillOrder,
  WaitingCandidate,
} from '../../../../../renderer/state/fillSession.svelte.ts';
import type { OpenDocument } from '../../../../../renderer/state/openDocument.svelte.ts';
import { ShownPicture } from '../../../../../renderer/canvas/picture/shownPicture.ts';
import { splitArea, tintOf } from '../../../../../renderer/canvas/selection/shown.ts';
import { picturedDocument, select } from '../../support/editor.ts';

const HOLE = { x: 100, y: 50, width: 20, height: 20 };
const AROUND = { x: 90, y: 40, width: 40, height: 40 };

let document: OpenDocument;
let shown: ShownPicture;

beforeEach(() => {
  document = picturedDocument({ x: 0, y: 0, width: 600, height: 300 });
  select(document, HOLE);
  shown = new ShownPicture();
});

function patch(value: number, rect: Rect = AROUND): PixelPatch {
  return { rect, data: new Uint8Array(rect.width * rect.height * 4).fill(value) };
}

function order(): FillOrder {
  const { selection } = document.current;
  return { selection, painted: selection } as FillOrder;
}

function wait(id: number, value: number): void {
  document.fill.add([{ id, patches: [patch(value)], order: order() } as unknown as WaitingCandidate]);
}

function run(previews: (PixelPatch | null)[][]): void {
  document.fill.last = order();
  document.fill.job = { previews, frame: 0 } as unknown as FillJobState;
}

function seen(x: number, y: number): number[] {
  return [...readRect(shown.of(document), { x, y, width: 1, height: 1 })];
}

describe('the picture that is shown', () => {
  it('is the document’s own where nothing is looked at', () => {
    expect(shown.of(document)).toBe(document.current.picture);
  });

  it('has the candidate that is looked at, in its selection alone, and shares every other tile', () => {
    wait(1, 9);
    expect(seen(105, 55)).toEqual([9, 9, 9, 9]);
    expect(seen(95, 45)).toEqual([95, 45, 77, 255]);
    const { tiles } = shown.of(document);
    const other = [...tiles].filter(([key, tile]) => document.current.picture.tiles.get(key) !== tile);
    expect(other).toHaveLength(1);
  });

  it('flips between candidates without making anything anew', () => {
    wait(1, 9);
    const first = shown.of(document);
    wait(2, 17);
    document.fill.currentId = 2;
    expect(seen(105, 55)).toEqual([17, 17, 17, 17]);
    document.fill.currentId = 1;
    expect(shown.of(document)).toBe(first);
  });

  it('has what a fill has decoded by now, the newest of each frame', () => {
    run([[patch(5), null]]);
    expect(seen(105, 55)).toEqual([5, 5, 5, 5]);
    run([[patch(6), null]]);
    expect(seen(105, 55)).toEqual([6, 6, 6, 6]);
    const before = shown.of(document);
    expect(shown.of(document)).toBe(before);
    document.fill.job = null;
    expect(shown.of(document)).toBe(document.current.picture);
  });

  it('keeps the previews of frames that are done', () => {
    const done = patch(5, { x: 100, y: 50, width: 10, height: 20 });
    run([[done, null]]);
    shown.of(document);
    run([[done, patch(6, { x: 110, y: 50, width: 10, height: 20 })]]);
    expect([seen(105, 55)[0], seen(115, 55)[0]]).toEqual([5, 6]);
  });

  it('is what a brush is painting while it paints', () => {
    wait(1, 9);
    const live = { ...document.current.picture };
    document.live = { picture: live };
    expect(shown.of(document)).toBe(live);
  });
});

describe('the tint of the selection', () => {
  it('gives way to tokens while a fill runs, and to its candidates', () => {
    expect(tintOf(document)).toBe('colour');
    run([[]]);
    expect(tintOf(document)).toBe('tokens');
    document.fill.job = null;
    expect(tintOf(document)).toBe('colour');
    wait(1, 9);
    expect(tintOf(document)).toBe('none');
  });

  it('is there for a selection that was changed since', () => {
    wait(1, 9);
    document.live = { selection: document.current.selection };
    expect(tintOf(document)).toBe('colour');
    document.live = null;
    select(document, { x: 0, y: 0, width: 5, height: 5 });
    expect(tintOf(document)).toBe('colour');
    document.undo();
    expect(tintOf(document)).toBe('none');
  });
});

describe('a split', () => {
  it('parts an area at a line', () => {
    const area = { x: 10, y: 0, width: 80, height: 40 };
    expect(splitArea(area, 50)).toEqual({
      left: { ...area, width: 40 },
      right: { ...area, x: 50, width: 40 },
    });
    expect(splitArea(area, 0)).toEqual({ left: { ...area, width: 0 }, right: area });
    expect(splitArea(area, 500).left).toEqual(area);
  });
});
