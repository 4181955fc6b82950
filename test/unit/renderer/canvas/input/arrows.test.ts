import { beforeEach, describe, expect, it } from 'vitest';
import { arrow } from '../../../../../renderer/canvas/input/arrows.ts';
import type { WaitingCandidate } from '../../../../../renderer/state/fillSession.svelte.ts';
import type { OpenDocument } from '../../../../../renderer/state/openDocument.svelte.ts';
import type { Editor } from '../../../../../renderer/state/editor.svelte.ts';
import { Toolbox } from '../../../../../renderer/tools/toolbox.ts';
import { createBench, openPicture } from '../../support/editor.ts';

const [RIGHT, DOWN] = [
  { x: 1, y: 0 },
  { x: 0, y: 1 },
];

let editor: Editor;
let document: OpenDocument;
let toolbox: Toolbox;

beforeEach(() => {
  const bench = createBench();
  ({ editor } = bench);
  document = openPicture(bench);
  toolbox = new Toolbox(editor);
});

describe('arrow keys on the canvas', () => {
  it('move the view, with Shift further', () => {
    const { x } = document.view.centre;
    expect(arrow(editor, toolbox, RIGHT, false)).toBe(true);
    const step = document.view.centre.x - x;
    expect(step).toBeGreaterThan(0);
    arrow(editor, toolbox, RIGHT, true);
    expect(document.view.centre.x - x - step).toBeGreaterThan(step);
  });

  it('leave left and right to the candidates while some wait', () => {
    document.fill.add([{ id: 1 } as WaitingCandidate]);
    const { centre } = document.view;
    expect(arrow(editor, toolbox, RIGHT, false)).toBe(false);
    expect(document.view.centre).toBe(centre);
    expect(arrow(editor, toolbox, DOWN, false)).toBe(true);
    expect(arrow(editor, toolbox, RIGHT, true)).toBe(true);
  });

  it('move the frame with the frame tool', () => {
    const frame = { rect: { x: 0, y: 0, width: 256, height: 128 }, scale: 1, columns: 32, rows: 16 };
    document.commit('Frame', { frame: { before: null, after: frame } });
    editor.tools.chosen = 'frame';
    const { centre } = document.view;
    arrow(editor, toolbox, RIGHT, false);
    expect(document.current.frame?.rect.x).toBe(8);
    expect(document.view.centre).toBe(centre);
  });

  it('do nothing without a picture', () => {
    editor.active = null;
    expect(arrow(editor, toolbox, RIGHT, false)).toBe(false);
  });
});
