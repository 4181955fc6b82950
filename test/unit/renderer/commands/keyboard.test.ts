import { beforeEach, describe, expect, it } from 'vitest';
import { createKeyboard, type Keyboard, type KeyInput } from '../../../../renderer/commands/keyboard.ts';
import type { OpenDocument } from '../../../../renderer/state/openDocument.svelte.ts';
import { type Bench, createBench, openPicture, select } from '../support/editor.ts';
import { settled } from '../support/fakeEngine.ts';
import { outcomeFor } from '../support/outcome.ts';

let bench: Bench;
let document: OpenDocument;
let keyboard: Keyboard;

beforeEach(() => {
  bench = createBench();
  document = openPicture(bench);
  keyboard = createKeyboard(bench.editor);
});

const SHIFTED = /^[A-Z{}|?]$/;

/** 'Ctrl+Shift+Z' as it comes from the page. */
function input(keys: string, more: Partial<KeyInput> = {}): KeyInput {
  const parts = keys.split(/\+(?=.)/);
  const key = parts.at(-1)!;
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key;
  return {
    key,
    code,
    ctrl: parts.includes('Ctrl'),
    meta: parts.includes('Cmd'),
    shift: parts.includes('Shift') || SHIFTED.test(key),
    alt: parts.includes('Alt'),
    repeat: false,
    focus: 'page',
    ...more,
  };
}

function press(keys: string, more: Partial<KeyInput> = {}): boolean {
  const key = input(keys, more);
  const taken = keyboard.down(key);
  keyboard.up(key.code);
  return taken;
}

async function waitForCandidates(): Promise<void> {
  bench.editor.fillSettings.candidates = 3;
  select(document, { x: 10, y: 10, width: 20, height: 20 });
  press('Enter');
  await settled();
  const asked = bench.engine.newest('fill.run');
  await asked.answer(outcomeFor(asked.params));
}

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
    bench.editor.facts = { ...bench.editor.facts!, platform: 'darwin' };
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
    expect(tools.size).toBe(53);
    press('[');
    expect(tools.size).toBe(48);
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
    expect(bench.editor.tools.held).toBeNull();
  });
});

describe('Enter', () => {
  it('fills; while candidates wait it accepts, and Ctrl+Enter fills', async () => {
    await waitForCandidates();
    expect(document.fill.candidates).toHaveLength(3);
    press('Ctrl+Enter');
    await settled();
    expect(bench.engine.asked).toHaveLength(2);
    press('Enter');
    expect(document.fill.candidates).toHaveLength(0);
    expect(document.history.entries.at(-1)?.label).toBe('Fill');
  });

  it('finishes a shape before anything else; Backspace takes a corner back', async () => {
    await waitForCandidates();
    const done: string[] = [];
    bench.editor.cancelGesture = () => done.push('cancel');
    bench.editor.finishGesture = () => done.push('finish');
    bench.editor.stepBackGesture = () => done.push('step back');
    press('Enter');
    press('Backspace');
    expect(done).toEqual(['finish', 'step back']);
    expect(document.fill.candidates).toHaveLength(3);
  });

  it('does not repeat', async () => {
    select(document, { x: 10, y: 10, width: 20, height: 20 });
    keyboard.down(input('Enter'));
    keyboard.down(input('Enter', { repeat: true }));
    await settled();
    expect(bench.engine.asked).toHaveLength(1);
  });
});

describe('candidates', () => {
  it('are flipped through and discarded', async () => {
    await waitForCandidates();
    const [first, second, third] = document.fill.candidates;
    press('ArrowRight');
    expect(document.fill.current).toBe(second);
    press('ArrowLeft');
    press('ArrowLeft');
    expect(document.fill.current).toBe(third);
    press('Delete');
    expect(document.fill.candidates).toEqual([first, second]);
    press('Shift+Delete');
    expect(document.fill.candidates).toEqual([]);
    expect(press('ArrowRight')).toBe(false);
    expect(press('Delete')).toBe(false);
  });
});

describe('Escape', () => {
  it('stops the nearest thing first: a gesture, a dialog, a fill; candidates stay', async () => {
    const { editor, engine } = bench;
    await waitForCandidates();
    press('Ctrl+Enter');
    await settled();
    let given = 0;
    editor.cancelGesture = () => given++;
    editor.dialog = 'about';
    press('Escape');
    expect([given, editor.dialog]).toEqual([1, 'about']);
    expect(editor.cancelGesture).toBeNull();
    press('Escape');
    expect(editor.dialog).toBeNull();
    expect(document.fill.job).not.toBeNull();
    press('Escape');
    await settled();
    expect(document.fill.job).toBeNull();
    expect(document.fill.candidates).toHaveLength(3);
    expect(press('Escape')).toBe(false);
    expect(engine.asked).toHaveLength(2);
  });
});

describe('a gesture under way', () => {
  it('is given up by what changes the document, and by undo instead of a step', () => {
    const { editor } = bench;
    select(document, { x: 0, y: 0, width: 5, height: 5 });
    for (const keys of ['Ctrl+z', 'Ctrl+a']) {
      let given = 0;
      editor.cancelGesture = () => given++;
      press(keys);
      expect(given).toBe(1);
    }
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Rectangle', 'Select all']);
  });

  it('goes on while the view moves and the brush changes', () => {
    const cancel = () => undefined;
    bench.editor.cancelGesture = cancel;
    for (const keys of ['Ctrl++', ']', '{', '\\']) press(keys);
    expect(bench.editor.cancelGesture).toBe(cancel);
  });
});

describe('what has the focus', () => {
  it('a field keeps letters, Enter and its own editing keys; saving and Escape pass', () => {
    const { editor } = bench;
    const focus = 'text';
    for (const keys of ['b', 'Enter', 'Delete', '[', 'Ctrl+z', 'Ctrl+a', 'Ctrl+Shift+Z']) {
      expect(press(keys, { focus })).toBe(false);
    }
    expect(press('Ctrl+0', { focus })).toBe(true);
    editor.compare = { split: 0.5 };
    expect(press('Escape', { focus })).toBe(true);
    expect(editor.compare).toBeNull();
  });

  it('a button keeps Enter and Space, a slider the arrows as well', async () => {
    await waitForCandidates();
    expect(press('Enter', { focus: 'button' })).toBe(false);
    expect(press(' ', { focus: 'button' })).toBe(false);
    expect(press('ArrowRight', { focus: 'button' })).toBe(true);
    expect(press('ArrowRight', { focus: 'slider' })).toBe(false);
    expect(press('e', { focus: 'slider' })).toBe(true);
    expect(press('Ctrl+Enter', { focus: 'button' })).toBe(true);
  });

  it('a dialog keeps everything but Escape', () => {
    bench.editor.dialog = 'shortcuts';
    expect(press('e')).toBe(false);
    expect(press('Ctrl+a')).toBe(false);
    expect(press('Escape')).toBe(true);
    expect(bench.editor.dialog).toBeNull();
  });
});

describe('help', () => {
  it('opens with a question mark', () => {
    press('?');
    expect(bench.editor.dialog).toBe('shortcuts');
  });
});
