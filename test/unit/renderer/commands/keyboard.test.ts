import { beforeEach, describe, expect, it } from 'vitest';
import type { Keyboard } from '../../../../renderer/commands/keyboard.ts';
import type { OpenDocument } from '../../../../renderer/state/openDocument.svelte.ts';
import { select } from '../support/editor.ts';
import { createKeyBench, input, type KeyBench } from '../support/keys.ts';

let bench: KeyBench;
let document: OpenDocument;
let keyboard: Keyboard;
let press: KeyBench['press'];

beforeEach(() => {
  bench = createKeyBench();
  ({ document, keyboard, press } = bench);
});

describe('the letters of the tools', () => {
  it.each([
    ['h', 'pan'],
    ['b', 'brush'],
    ['e', 'eraser'],
    ['m', 'rectangle'],
    ['l', 'lasso'],
    ['w', 'wand'],
    ['o', 'original'],
    ['f', 'frame'],
  ])('%s takes the %s', (key, tool) => {
    bench.editor.tools.chosen = key === 'b' ? 'pan' : 'brush';
    expect(press(key)).toBe(true);
    expect(bench.editor.tools.chosen).toBe(tool);
  });

  it.each([
    ['m', 'rectangle', 'ellipse'],
    ['l', 'lasso', 'polygon'],
    ['w', 'wand', 'colour'],
  ])('%s goes round', (key, first, second) => {
    press(key);
    press(key);
    expect(bench.editor.tools.chosen).toBe(second);
    press(key);
    expect(bench.editor.tools.chosen).toBe(first);
    press(`Shift+${key.toUpperCase()}`);
    expect(bench.editor.tools.chosen).toBe(second);
  });

  it('do nothing without a document', () => {
    bench.editor.close(document);
    expect(press('e')).toBe(false);
    expect(bench.editor.tools.chosen).toBe('brush');
  });
});

describe('keys with Ctrl', () => {
  it('undo and redo, again and again while held', () => {
    for (const width of [10, 20, 30]) select(document, { x: 0, y: 0, width, height: 5 });
    press('Ctrl+z');
    keyboard.down(input('Ctrl+z', { repeat: true }));
    expect(document.history.position).toBe(1);
    press('Ctrl+Shift+Z');
    press('Ctrl+y');
    expect(document.history.position).toBe(3);
    expect(press('Ctrl+y')).toBe(false);
  });

  it('are Cmd on a Mac', () => {
    bench.editor.appInfo = { ...bench.editor.appInfo!, platform: 'darwin' };
    expect(press('Ctrl+a')).toBe(false);
    expect(press('Cmd+a')).toBe(true);
    expect(document.current.selection.tiles.size).toBeGreaterThan(0);
  });

  it('select: all, nothing, the rest', () => {
    press('Ctrl+a');
    press('Ctrl+d');
    expect(document.current.selection.tiles.size).toBe(0);
    press('Ctrl+Shift+I');
    expect(document.current.selection.tiles.size).toBeGreaterThan(0);
  });

  it('zoom', () => {
    document.view.size = { width: 1000, height: 800 };
    press('Ctrl++');
    expect(document.view.zoom).toBe(1.5);
    press('Ctrl+-');
    press('Ctrl+-');
    expect(document.view.zoom).toBe(2 / 3);
    press('Ctrl+1');
    expect(document.view.zoom).toBe(1);
    document.view.panBy({ x: 500, y: 500 });
    press('Ctrl+0');
    expect(document.view.centre).toEqual({ x: 150, y: 100 });
  });
});

describe('the brush', () => {
  it('grows and shrinks, hardens and softens, within bounds', () => {
    const { tools } = bench.editor;
    press(']');
    const larger = tools.size;
    expect(larger).toBeGreaterThan(48);
    press(']');
    press('[');
    expect(tools.size).toBe(larger);
    tools.size = 1;
    press(']');
    expect(tools.size).toBe(2);
    press('[');
    press('[');
    expect(tools.size).toBe(1);
    tools.size = 1999;
    press(']');
    expect(tools.size).toBe(2000);
    press('{');
    expect(tools.hardness).toBe(0.7);
    for (let i = 0; i < 9; i++) press('}');
    expect(tools.hardness).toBe(1);
  });
});

describe('keys that are held', () => {
  it('Space pans until it is let go', () => {
    const { tools } = bench.editor;
    const space = input(' ', { code: 'Space' });
    expect(keyboard.down(space)).toBe(true);
    expect(tools.active).toBe('pan');
    expect(keyboard.down({ ...space, repeat: true })).toBe(true);
    expect(keyboard.up('Space')).toBe(true);
    expect(tools.active).toBe('brush');
    expect(keyboard.up('Space')).toBe(false);
  });

  it('the backslash compares until it is let go, or the window loses the keyboard', () => {
    keyboard.down(input('\\'));
    expect(bench.editor.compare).toBe('original');
    keyboard.up('\\');
    expect(bench.editor.compare).toBeNull();
    keyboard.down(input('\\'));
    keyboard.release();
    expect(bench.editor.compare).toBeNull();
  });

  it('are let go whatever was pressed meanwhile', () => {
    keyboard.down(input(' ', { code: 'Space' }));
    press('Ctrl+a');
    keyboard.up('Space');
    expect(bench.editor.tools.temporary).toBeNull();
  });
});
