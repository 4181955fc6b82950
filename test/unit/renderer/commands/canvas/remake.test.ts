import { describe, expect, it } from 'vitest';
import { parseProject } from '../../../../../core/document/projectFile.ts';
import { takeSnapshot } from '../../../../../renderer/commands/files/parts.ts';
import { readRect } from '../../../../../core/raster/flat.ts';
import { boundsOf } from '../../../../../core/raster/bounds.ts';
import {
  changeCanvas,
  resize,
  rotate,
  rotationFrame,
  turn,
} from '../../../../../renderer/commands/canvas/remake.ts';
import { run } from '../../../../../renderer/commands/registry.ts';
import { createBench, openPicture, select } from '../../support/editor.ts';
import type { WaitingCandidate } from '../../../../../renderer/state/fillSession.svelte.ts';
import type { OpenDocument } from '../../../../../renderer/state/openDocument.svelte.ts';

const CANVAS = { x: 0, y: 0, width: 300, height: 200 };

function waitingCandidate({ current }: OpenDocument): WaitingCandidate {
  return { id: 1, order: { selection: current.selection, plans: [] } } as unknown as WaitingCandidate;
}

function bench() {
  const made = createBench();
  return { ...made, document: openPicture(made, CANVAS) };
}

describe('turning and resizing the picture', () => {
  it('takes the selection and a chosen frame along, as one step that is taken back', async () => {
    const { editor, document } = bench();
    select(document, { x: 10, y: 20, width: 30, height: 5 });
    const frame = { rect: { x: 0, y: 0, width: 256, height: 128 }, scale: 1, columns: 32, rows: 16 };
    document.commit('Frame', { frame: { before: null, after: frame } });
    await turn(editor, document, 'right');
    expect(document.current.canvas).toEqual({ x: 0, y: 0, width: 200, height: 300 });
    expect(boundsOf(document.current.selection)).toEqual({ x: 175, y: 10, width: 5, height: 30 });
    expect(document.current.frame).toMatchObject({
      rect: { x: 72, y: 0, width: 128, height: 256 },
      columns: 16,
      rows: 32,
    });
    expect(document.history.entries.at(-1)).toMatchObject({ label: 'Turn right' });
    document.undo();
    expect(document.current.canvas).toEqual(CANVAS);
    expect(document.current.frame).toEqual(frame);
  });

  it('resizes, and says to what', async () => {
    const { editor, document } = bench();
    await resize(editor, document, { width: 150, height: 100 });
    expect(document.current.canvas).toEqual({ x: 0, y: 0, width: 150, height: 100 });
    expect(document.history.entries).toMatchObject([
      { label: 'Image size', details: [{ kind: 'size', of: 'px', width: 150, height: 100 }] },
    ]);
    await resize(editor, document, { width: 150, height: 100 });
    expect(document.history.entries).toHaveLength(1);
  });

  it('rotates with corners to be filled, or without corners', async () => {
    const { editor, document } = bench();
    await rotate(editor, document, 10, 'keep');
    const { canvas, selection, picture } = document.current;
    expect(canvas.width).toBe(Math.round(300 * Math.cos(Math.PI / 18) + 200 * Math.sin(Math.PI / 18)));
    expect(readRect(selection, { x: canvas.x, y: canvas.y, width: 1, height: 1 })[0]).toBe(255);
    expect(readRect(picture, { x: canvas.x, y: canvas.y, width: 1, height: 1 })[3]).toBe(0);
    document.undo();
    await rotate(editor, document, -10, 'cut');
    const cut = document.current;
    expect(cut.canvas.width).toBeLessThan(300);
    expect(readRect(cut.picture, cut.canvas).every((value, i) => i % 4 !== 3 || value >= 250)).toBe(true);
    expect(boundsOf(cut.selection)).toBeNull();
  });

  it('tells the keeper how, so that its tiles need not be copied to survive a crash', async () => {
    const { editor, engine, document } = bench();
    const before = takeSnapshot(editor, document);
    await rotate(editor, document, 10, 'keep');
    const { remade, document: id } = engine.newest('recovery.remade').params;
    expect(id).toBe(document.id);
    expect(remade.recipe).toMatchObject({ kind: 'rotating', frame: { angle: -10 }, selectUncovered: true });
    const { manifest: was } = parseProject(before.json, 'it');
    const { manifest } = parseProject(takeSnapshot(editor, document).json, 'it');
    expect(remade.before).toMatchObject({ canvas: was.canvas, picture: was.picture });
    expect(remade.after).toMatchObject({ canvas: manifest.canvas, selection: manifest.selection });
  });

  it('keeps all of the picture when it is turned by a right angle', () => {
    const frame = rotationFrame(CANVAS, 90, 'keep');
    expect(frame.width).toBeCloseTo(200);
    expect(frame.height).toBeCloseTo(300);
  });

  it('is refused while candidates wait, for they would fit nowhere', async () => {
    const { editor, document } = bench();
    document.fill.add([waitingCandidate(document)]);
    await run(editor, 'canvas.turn-left');
    expect(editor.notices.list.at(-1)?.message).toContain('Candidates still wait');
    expect(document.history.entries).toEqual([]);
  });

  it('lets go of candidates when a turn is taken back under them', async () => {
    const { editor, document } = bench();
    await turn(editor, document, 'left');
    document.fill.add([waitingCandidate(document)]);
    document.fill.last = document.fill.candidates[0]!.order;
    document.undo();
    expect(document.fill.candidates).toEqual([]);
    expect(document.fill.last).toBeNull();
  });

  it('cuts the canvas off on one side and makes room on the other', () => {
    const { document } = bench();
    changeCanvas(document, { x: 50, y: -20, width: 250, height: 220 });
    const { canvas, selection } = document.current;
    expect(canvas).toEqual({ x: 50, y: -20, width: 250, height: 220 });
    expect(boundsOf(selection)).toEqual({ x: 50, y: -20, width: 250, height: 20 });
    expect(document.history.entries).toMatchObject([{ label: 'Canvas size' }]);
    document.undo();
    expect(document.current.canvas).toEqual(CANVAS);
  });
});
