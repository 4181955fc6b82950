import { beforeEach, describe, expect, it } from 'vitest';
import { boundsOf } from '../../../../core/raster/bounds.ts';
import type { Editor } from '../../../../renderer/state/editor.svelte.ts';
import type { OpenDocument } from '../../../../renderer/state/openDocument.svelte.ts';
import { TOOLS } from '../../../../renderer/state/tools.svelte.ts';
import { combineMode } from '../../../../renderer/tools/select.ts';
import { createTools } from '../../../../renderer/tools/createTools.ts';
import { Toolbox } from '../../../../renderer/tools/toolbox.ts';
import { createBench, openPicture } from '../support/editor.ts';
import { pointerOver } from './pointer.ts';

const [LEFT, MIDDLE, RIGHT] = [0, 1, 2];

let editor: Editor;
let document: OpenDocument;
let toolbox: Toolbox;

beforeEach(() => {
  const bench = createBench();
  ({ editor } = bench);
  document = openPicture(bench);
  document.view.size = { width: 300, height: 200 };
  toolbox = new Toolbox(editor);
});

function dragged(button: number): void {
  const at = pointerOver(document);
  toolbox.down(at(50, 50), button);
  toolbox.move([at(60, 50), at(70, 50)]);
  toolbox.up(at(70, 50), button);
}

describe('the toolbox', () => {
  it('has every tool of the rail under its own name', () => {
    expect(Object.entries(createTools(editor)).map(([id, tool]) => [id, tool.id])).toEqual(
      expect.arrayContaining(TOOLS.map((id) => [id, id])),
    );
  });

  it('lets the current tool act', () => {
    dragged(LEFT);
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Brush']);
  });

  it('pans with the middle button, and does nothing with the right one', () => {
    const { x } = document.view.centre;
    dragged(MIDDLE);
    expect(document.view.centre.x).toBeLessThan(x);
    dragged(RIGHT);
    expect(document.history.entries).toEqual([]);
  });

  it('pans while another tool is used for a moment, and paints afterwards', () => {
    editor.tools.temporary = 'pan';
    dragged(LEFT);
    expect(document.history.entries).toEqual([]);
    editor.tools.temporary = null;
    dragged(LEFT);
    expect(document.history.entries).toHaveLength(1);
  });

  it('leaves a gesture with the tool that began it', () => {
    const at = pointerOver(document);
    toolbox.down(at(50, 50), LEFT);
    editor.tools.temporary = 'pan';
    toolbox.move([at(90, 50)]);
    toolbox.up(at(90, 50), LEFT);
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Brush']);
  });

  it('takes a second button for nothing while one is held', () => {
    const at = pointerOver(document);
    toolbox.down(at(50, 50), LEFT);
    toolbox.down(at(50, 50), MIDDLE);
    toolbox.up(at(50, 50), MIDDLE);
    expect(document.history.entries).toEqual([]);
    toolbox.up(at(50, 50), LEFT);
    expect(document.history.entries).toHaveLength(1);
  });

  it('gives up what is under way', () => {
    const at = pointerOver(document);
    toolbox.down(at(50, 50), LEFT);
    toolbox.cancel();
    toolbox.up(at(50, 50), LEFT);
    expect(document.history.entries).toEqual([]);
    expect(document.live).toBeNull();
  });

  it('keeps a polygon in sight while the view is dragged', () => {
    editor.tools.chosen = 'polygon';
    const at = pointerOver(document);
    for (const [x, y] of [
      [50, 50],
      [150, 50],
    ] as const) {
      toolbox.down(at(x, y), LEFT);
      toolbox.up(at(x, y), LEFT);
    }
    editor.tools.temporary = 'pan';
    dragged(LEFT);
    expect(toolbox.overlays()).toMatchObject([{ kind: 'path' }]);
  });

  it('shows the whole picture on a double click with the hand', () => {
    editor.tools.chosen = 'pan';
    document.view.zoomTo(8);
    toolbox.double(pointerOver(document)(50, 50));
    expect(document.view.visible().width).toBeGreaterThan(300);
  });
});

describe('the sign beside the pointer', () => {
  const modes = (): string[] =>
    toolbox.overlays().flatMap((overlay) => (overlay.kind === 'mode' ? [overlay.mode] : []));

  it('says how a shape that is begun now would meet the selection', () => {
    editor.tools.chosen = 'lasso';
    const at = pointerOver(document);
    toolbox.move([at(50, 50)]);
    expect(modes()).toEqual([]);
    toolbox.move([at(50, 50, { shift: true })]);
    expect(modes()).toEqual(['add']);
    toolbox.move([at(50, 50)]);
    editor.tools.combine = 'intersect';
    expect(modes()).toEqual(['intersect']);
  });

  it('is beside brushes while Alt turns them round', () => {
    const at = pointerOver(document);
    for (const [tool, mode] of [
      ['brush', 'subtract'],
      ['eraser', 'add'],
    ] as const) {
      editor.tools.chosen = tool;
      toolbox.move([at(50, 50)]);
      expect(modes()).toEqual([]);
      toolbox.move([at(50, 50, { alt: true })]);
      expect(modes()).toEqual([mode]);
    }
  });

  it('is gone while something is drawn, and where the pointer has left', () => {
    editor.tools.chosen = 'wand';
    const at = pointerOver(document);
    toolbox.move([at(50, 50, { alt: true })]);
    toolbox.leave();
    expect(modes()).toEqual([]);
    editor.tools.chosen = 'rectangle';
    toolbox.move([at(50, 50, { alt: true })]);
    toolbox.down(at(50, 50, { alt: true }), LEFT);
    expect(modes()).toEqual([]);
  });
});

describe('how a shape meets the selection', () => {
  it('is what the keys say, else what the tool is set to', () => {
    const none = { shift: false, alt: false };
    for (const chosen of ['replace', 'add', 'subtract', 'intersect'] as const) {
      expect(combineMode(chosen, none)).toBe(chosen);
      expect(combineMode(chosen, { ...none, shift: true })).toBe('add');
      expect(combineMode(chosen, { ...none, alt: true })).toBe('subtract');
      expect(combineMode(chosen, { shift: true, alt: true })).toBe('intersect');
    }
  });
});

describe('the keyboard', () => {
  const RIGHT = { x: 1, y: 0 };
  const DOWN = { x: 0, y: 1 };

  it('draws a shape: a pointer comes, and is held from one press to the next', () => {
    editor.tools.chosen = 'rectangle';
    expect(toolbox.nudge(RIGHT, false)).toBe(false); // the view's
    editor.tools.press!();
    const from = toolbox.keys.at!;
    editor.tools.press!();
    for (const step of [RIGHT, RIGHT, DOWN]) expect(toolbox.nudge(step, true)).toBe(true);
    expect(document.history.entries).toEqual([]);
    editor.tools.press!();
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Rectangle']);
    const bounds = boundsOf(document.current.selection)!;
    expect([bounds.x, bounds.y]).toEqual([Math.floor(from.x), Math.floor(from.y)]);
    expect(bounds.width).toBeGreaterThan(bounds.height);
  });

  it('paints with the brush, clicks with the wand, and gives way to the pointer', () => {
    editor.tools.press!();
    editor.tools.press!();
    toolbox.nudge(RIGHT, true);
    editor.tools.press!();
    editor.tools.chosen = 'wand';
    editor.tools.press!();
    expect(document.history.entries).toHaveLength(2);
    toolbox.move([pointerOver(document)(50, 50)]);
    expect(toolbox.keys.at).toBeNull();
  });

  it('begins anew after Escape', () => {
    editor.tools.chosen = 'ellipse';
    editor.tools.press!();
    editor.tools.press!();
    toolbox.nudge(RIGHT, true);
    editor.gesture!.cancel();
    expect(document.history.entries).toEqual([]);
    editor.tools.press!();
    toolbox.nudge(RIGHT, true);
    toolbox.nudge(DOWN, true);
    editor.tools.press!();
    expect(document.history.entries).toHaveLength(1);
  });
});
