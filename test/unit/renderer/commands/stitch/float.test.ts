import { beforeEach, describe, expect, it } from 'vitest';
import { boundsOf } from '../../../../../core/raster/bounds.ts';
import { fromFlat, readRect } from '../../../../../core/raster/flat.ts';
import type { Raster } from '../../../../../core/raster/raster.ts';
import { arrow } from '../../../../../renderer/canvas/input/arrows.ts';
import { placementRect } from '../../../../../core/document/placement.ts';
import { run } from '../../../../../renderer/commands/registry.ts';
import {
  extendForFloating,
  changeFloating,
  cutSelected,
  floatPiece,
  moveFloating,
  sizeFloating,
} from '../../../../../renderer/commands/stitch/float.ts';
import { newCanvas } from '../../../../../renderer/commands/stitch/newCanvas.ts';
import { canvasWithFloating, reachesOut } from '../../../../../renderer/state/floating.ts';
import type { OpenDocument } from '../../../../../renderer/state/openDocument.svelte.ts';
import { snapFloating } from '../../../../../renderer/tools/float.ts';
import { Toolbox } from '../../../../../renderer/tools/toolbox.ts';
import { type Bench, createBench, openPicture, select } from '../../support/editor.ts';
import { drag } from '../../tools/pointer.ts';

const RED = [200, 0, 0, 255];

let bench: Bench;
let document: OpenDocument;
beforeEach(() => {
  bench = createBench();
  document = openPicture(bench); // 300 x 200 px
  document.view.centre = { x: 100, y: 50 };
});

function red(width: number, height: number): Raster {
  const data = Uint8Array.from({ length: width * height * 4 }, (_, i) => RED[i % 4]!);
  return fromFlat({ x: 0, y: 0, width, height }, 4, data);
}

function pixel(x: number, y: number): number[] {
  return [...readRect(document.current.picture, { x, y, width: 1, height: 1 })];
}

function corner(): number[] {
  const { x, y } = placementRect(document.floating!.placement);
  return [x, y];
}

describe('a floating selection', () => {
  it('changes nothing until Enter places it, as one step', async () => {
    floatPiece(bench.editor, document, red(20, 10), 'Paste');
    expect([corner(), document.history.entries, document.edited]).toEqual([[90, 45], [], true]);
    moveFloating(document, { x: 3.4, y: 5.6 });
    await run(bench.editor, 'stitch.place');
    expect([pixel(3, 6), pixel(22, 15)]).toEqual([RED, RED]);
    expect(pixel(23, 15)).toEqual([23, 15, 77, 255]);
    expect([document.floating, document.history.entries.length]).toEqual([null, 1]);
    document.undo();
    expect(pixel(3, 6)).toEqual([3, 6, 77, 255]);
  });

  it('is dropped by Escape and by undo, and then nothing was', async () => {
    for (const id of ['edit.cancel', 'edit.undo', 'stitch.drop']) {
      floatPiece(bench.editor, document, red(20, 10), 'Paste');
      await run(bench.editor, id);
      expect([document.floating, document.history.entries, document.edited]).toEqual([null, [], false]);
    }
  });

  it('is placed first by whatever else is done, but looking goes on', async () => {
    floatPiece(bench.editor, document, red(20, 10), 'Paste');
    await run(bench.editor, 'view.zoom-in');
    await run(bench.editor, 'help.shortcuts');
    bench.editor.dialog = null;
    expect(document.floating).not.toBeNull();
    await run(bench.editor, 'select.all');
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Paste', 'Select all']);
    floatPiece(bench.editor, document, red(5, 5), 'Paste');
    moveFloating(document, { x: 200, y: 100 });
    floatPiece(bench.editor, document, red(6, 6), 'Paste');
    expect(document.history.entries).toHaveLength(3);
  });

  it('makes the canvas grow to hold it, or is cut off where one wants that', async () => {
    floatPiece(bench.editor, document, red(50, 40), 'Paste');
    expect(reachesOut(document)).toBe(false);
    moveFloating(document, { x: -20, y: 180 });
    expect(reachesOut(document)).toBe(true);
    expect(canvasWithFloating(document)).toEqual({ x: 0, y: 0, width: 300, height: 200 });
    extendForFloating(bench.editor, document, true);
    expect(canvasWithFloating(document)).toEqual({ x: -20, y: 0, width: 320, height: 220 });
    extendForFloating(bench.editor, document, false);
    await run(bench.editor, 'stitch.place');
    expect(document.current.canvas).toEqual({ x: 0, y: 0, width: 300, height: 200 });
    document.undo();
    extendForFloating(bench.editor, document, true);
    floatPiece(bench.editor, document, red(50, 40), 'Paste');
    extendForFloating(bench.editor, document, true); // the next piece is asked for the same
    moveFloating(document, { x: -20, y: 180 });
    await run(bench.editor, 'stitch.place');
    expect(document.current.canvas).toEqual({ x: -20, y: 0, width: 320, height: 220 });
    expect([pixel(-20, 219), pixel(-20, 100)]).toEqual([RED, [0, 0, 0, 0]]);
    document.undo();
    expect(document.current.canvas).toEqual({ x: 0, y: 0, width: 300, height: 200 });
  });

  it('stays where it cannot be placed, and says why', async () => {
    floatPiece(bench.editor, document, red(20, 10), 'Paste');
    moveFloating(document, { x: -500, y: 0 });
    extendForFloating(bench.editor, document, false);
    await run(bench.editor, 'select.all');
    expect(bench.editor.notices.list[0]!.message).toContain('outside the picture');
    moveFloating(document, { x: -50_000, y: 0 });
    extendForFloating(bench.editor, document, true);
    await run(bench.editor, 'stitch.place');
    expect(bench.editor.notices.list[0]!.message).toContain('too large');
    expect([corner()[0], document.history.entries]).toEqual([-50_000, []]);
  });

  it('is moved by the pointer whichever tool is chosen, and by the arrows also while candidates wait', () => {
    const toolbox = new Toolbox(bench.editor);
    floatPiece(bench.editor, document, red(20, 10), 'Paste');
    drag(toolbox.current, document, [[95, 50], [105, 45], [115, 65]]); // prettier-ignore
    expect(corner()).toEqual([110, 60]);
    arrow(bench.editor, toolbox, { x: -1, y: 0 }, false);
    arrow(bench.editor, toolbox, { x: 0, y: 1 }, true);
    expect(corner()).toEqual([109, 70]);
    bench.editor.tools.temporary = 'pan';
    expect(toolbox.current.id).toBe('pan');
  });

  it('lies again where it was when a drag is given up', async () => {
    const toolbox = new Toolbox(bench.editor);
    floatPiece(bench.editor, document, red(20, 10), 'Paste');
    const input = { ...at(95, 50), buttons: 1 };
    toolbox.down(input, 0);
    toolbox.move([{ ...input, ...at(40, 30) }]);
    expect(corner()).toEqual([35, 25]);
    await run(bench.editor, 'edit.cancel');
    expect(corner()).toEqual([90, 45]);
  });
});

describe('a piece that is pasted', () => {
  it('fits the canvas and lies in it, until one asks for more', () => {
    document.view.centre = { x: 290, y: 5 };
    floatPiece(bench.editor, document, red(20, 10), 'Paste');
    expect(corner()).toEqual([280, 0]);
    floatPiece(bench.editor, document, red(600, 100), 'Paste');
    expect(placementRect(document.floating!.placement)).toEqual({ x: 0, y: 0, width: 300, height: 50 });
    sizeFloating(document, 'actual');
    expect(placementRect(document.floating!.placement)).toMatchObject({ width: 600, height: 100 });
  });

  it('is scaled by a corner in its shape, and turned from outside', () => {
    const toolbox = new Toolbox(bench.editor);
    floatPiece(bench.editor, document, red(80, 40), 'Paste'); // 60, 30 to 140, 70
    drag(toolbox.current, document, [[140, 70], [160, 70], [220, 90]]); // prettier-ignore
    expect(placementRect(document.floating!.placement)).toEqual({ x: 60, y: 30, width: 160, height: 80 });
    drag(toolbox.current, document, [[140, 10], [250, 60], [260, 70]]); // prettier-ignore
    expect(document.floating!.placement.angle).toBe(90);
    expect(placementRect(document.floating!.placement)).toEqual({ x: 100, y: -10, width: 80, height: 160 });
  });

  it('is placed as it is set: smaller, turned, faded', async () => {
    floatPiece(bench.editor, document, red(80, 40), 'Paste');
    const { placement } = document.floating!;
    changeFloating(document, { placement: { ...placement, width: 40, height: 20, angle: 90 }, opacity: 0.5 });
    await run(bench.editor, 'stitch.place');
    const [before, after] = [[100, 50, 77], pixel(100, 50).slice(0, 3)];
    expect(after.map((value, c) => Math.abs(value - Math.round((before[c]! + RED[c]!) / 2)) <= 1)).toEqual([true, true, true]); // prettier-ignore
    expect([pixel(100, 31)[0], pixel(85, 50)[0]]).toEqual([150, 85]);
    expect(document.history.entries[0]!.details).toEqual([
      { kind: 'size', of: 'px', width: 40, height: 20 },
      { kind: 'share', of: 'size', share: 0.5 },
      { kind: 'angle', degrees: 90 },
      { kind: 'share', of: 'opacity', share: 0.5 },
    ]);
  });
});

describe('what is selected', () => {
  const box = { x: 10, y: 20, width: 30, height: 40 };

  it('is lifted, and leaves a gap that stays selected where the piece is not', async () => {
    select(document, box);
    await run(bench.editor, 'edit.transform');
    expect([corner(), document.floating?.lifted?.document.picture === document.current.picture]).toEqual([[10, 20], false]); // prettier-ignore
    await run(bench.editor, 'edit.undo');
    expect([document.floating, pixel(10, 20)]).toEqual([null, [10, 20, 77, 255]]);
    await run(bench.editor, 'edit.transform');
    moveFloating(document, { x: 25, y: 20 });
    await run(bench.editor, 'stitch.place');
    expect([pixel(10, 20), pixel(25, 20)]).toEqual([[0, 0, 0, 0], [10, 20, 77, 255]]); // prettier-ignore
    expect(boundsOf(document.current.selection)).toEqual({ ...box, width: 15 });
    document.undo();
    expect([pixel(10, 20), pixel(25, 20)]).toEqual([[10, 20, 77, 255], [25, 20, 77, 255]]); // prettier-ignore
  });

  it('is duplicated in place, cut out, and selected again', async () => {
    select(document, box);
    await run(bench.editor, 'edit.duplicate');
    expect(corner()).toEqual([10, 20]);
    await run(bench.editor, 'stitch.drop');
    cutSelected(document);
    expect(pixel(10, 20)).toEqual([0, 0, 0, 0]);
    await run(bench.editor, 'select.none');
    await run(bench.editor, 'select.again');
    expect(boundsOf(document.current.selection)).toEqual(box);
    await run(bench.editor, 'select.none');
    await run(bench.editor, 'edit.transform');
    expect(bench.editor.notices.list[0]!.message).toBe('Nothing is selected.');
  });
});

function at(x: number, y: number) {
  return { x, y, screen: { x, y }, pressure: 1, shift: false, alt: false, buttons: 0, time: 0 };
}

describe('a floating selection that is dragged', () => {
  const canvas = { x: 0, y: 0, width: 300, height: 200 };
  const box = (x: number, y: number) => ({ x, y, width: 50, height: 40 });

  it('comes to rest on the edges of the canvas, inside and outside', () => {
    const lines = { canvas, frame: null, reach: 6 };
    expect(snapFloating(box(4.2, 163), lines)).toEqual({ x: 0, y: 160 });
    expect(snapFloating(box(-46, 203), lines)).toEqual({ x: -50, y: 200 });
    expect(snapFloating(box(100.4, 99.6), lines)).toEqual({ x: 100, y: 100 });
  });

  it('comes to rest on tokens where there are some', () => {
    const frame = { rect: { x: 3, y: 5, width: 256, height: 256 }, scale: 2, columns: 16, rows: 16 };
    expect(snapFloating(box(20, 20), { canvas, frame, reach: 6 })).toEqual({ x: 19, y: 21 });
  });
});

describe('a new canvas', () => {
  it('is empty, unsaved without a question, and named apart from others', () => {
    newCanvas(bench.editor, { width: 400, height: 300 });
    newCanvas(bench.editor, { width: 400, height: 300 });
    const { active } = bench.editor;
    expect([active!.name, active!.edited, active!.project]).toEqual(['Untitled 2', false, null]);
    expect(active!.current.picture.tiles.size).toBe(0);
    expect(() => {
      newCanvas(bench.editor, { width: 30_000, height: 30_000 });
    }).toThrow('too large');
  });

  it('takes what is selected in the other picture, and what is left empty can be selected', async () => {
    select(document, { x: 10, y: 20, width: 30, height: 40 });
    newCanvas(bench.editor, { width: 100, height: 80 });
    const stitched = bench.editor.active!;
    stitched.view.centre = { x: 15, y: 20 };
    await run(bench.editor, 'file.place-open');
    await run(bench.editor, 'select.empty');
    expect(stitched.history.entries.map(({ label }) => label)).toEqual([
      'Place from photo.jpg',
      'Select transparent areas',
    ]);
    const first = { x: 0, y: 0, width: 1, height: 1 };
    expect([...readRect(stitched.current.picture, first)]).toEqual([10, 20, 77, 255]);
    expect(readRect(stitched.current.selection, stitched.current.canvas).filter(Boolean)).toHaveLength(
      100 * 80 - 30 * 40,
    );
    stitched.undo();
    bench.editor.active = document;
    await run(bench.editor, 'select.empty');
    expect(bench.editor.notices.list[0]!.message).toBe('Nothing of the picture is empty.');
  });
});
