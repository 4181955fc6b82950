import { beforeEach, describe, expect, it } from 'vitest';
import type { Keyboard } from '../../../../renderer/commands/keyboard.ts';
import type { OpenDocument } from '../../../../renderer/state/openDocument.svelte.ts';
import { select } from '../support/editor.ts';
import { settled } from '../support/fakeEngine.ts';
import { createKeyBench, input, type KeyBench } from '../support/keys.ts';

let bench: KeyBench;
let document: OpenDocument;
let keyboard: Keyboard;
let press: KeyBench['press'];
let waitForCandidates: KeyBench['waitForCandidates'];

beforeEach(() => {
  bench = createKeyBench();
  ({ document, keyboard, press, waitForCandidates } = bench);
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
    bench.editor.gesture = {
      cancel: () => done.push('cancel'),
      finish: () => done.push('finish'),
      stepBack: () => done.push('step back'),
    };
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
  it('stops the nearest thing first: a gesture, a dialog, a fill; then candidates go to the history', async () => {
    const { editor, engine } = bench;
    await waitForCandidates();
    press('Ctrl+Enter');
    await settled();
    let given = 0;
    editor.gesture = { cancel: () => given++ };
    editor.dialog = 'about';
    press('Escape');
    expect([given, editor.dialog]).toEqual([1, 'about']);
    expect(editor.gesture).toBeNull();
    press('Escape');
    expect(editor.dialog).toBeNull();
    expect(document.fill.job).not.toBeNull();
    press('Escape');
    await settled();
    expect(document.fill.job).toBeNull();
    expect(document.fill.candidates).toHaveLength(3);
    expect(press('Escape')).toBe(true);
    await settled();
    expect([document.fill.candidates, document.history.branches.length]).toEqual([[], 3]);
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
      editor.gesture = { cancel: () => given++ };
      press(keys);
      expect(given).toBe(1);
    }
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Rectangle', 'Select all']);
  });

  it('goes on while the view moves and the brush changes', () => {
    const gesture = { cancel: () => undefined };
    bench.editor.gesture = gesture;
    for (const keys of ['Ctrl++', ']', '{', '\\']) press(keys);
    expect(bench.editor.gesture).toBe(gesture);
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
