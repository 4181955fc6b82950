import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followMenu } from '../../../../renderer/commands/menu.svelte.ts';
import { createBench, openPicture, select } from '../support/editor.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function pause(): void {
  flushSync();
  vi.advanceTimersByTime(1000);
}

function follow() {
  const bench = createBench();
  const stop = followMenu(bench.editor);
  pause();
  return { ...bench, stop, sent: () => bench.main.paramsOf('menu.state') };
}

describe('the native menu', () => {
  it('is told of everything first, and then of what has changed', () => {
    const bench = follow();
    expect(bench.sent()).toHaveLength(1);
    expect(bench.sent()[0]!.enabled).toMatchObject({
      'edit.undo': false,
      'select.all': false,
      'help.about': true,
    });
    expect(bench.sent()[0]!.checked).toMatchObject({ 'tool.brush': true, 'tool.pan': false });

    const document = openPicture(bench);
    pause();
    expect(bench.sent()[1]!.enabled).toMatchObject({ 'select.all': true });
    expect(bench.sent()[1]!.enabled).not.toHaveProperty('edit.undo');

    select(document, { x: 0, y: 0, width: 9, height: 9 });
    bench.editor.tools.chosen = 'wand';
    pause();
    expect(bench.sent()[2]!.enabled).toMatchObject({ 'edit.undo': true, 'select.grow': true });
    expect(bench.sent()[2]!.checked).toEqual({ 'tool.brush': false, 'tool.wand': true });
    bench.stop();
  });

  it('is told once of what changes in quick succession, and not of what comes to the same', () => {
    const { editor, sent, stop } = follow();
    for (const tool of ['wand', 'lasso', 'eraser'] as const) {
      editor.tools.chosen = tool;
      flushSync();
      vi.advanceTimersByTime(10);
    }
    pause();
    expect(sent()).toHaveLength(2);
    editor.tools.chosen = 'pan';
    flushSync();
    editor.tools.chosen = 'eraser';
    pause();
    expect(sent()).toHaveLength(2);
    stop();
    editor.tools.chosen = 'wand';
    pause();
    expect(sent()).toHaveLength(2);
  });

  it('reaches nothing behind a dialog but its closing, and the text of its fields', () => {
    const { editor, main, sent, stop, ...bench } = follow();
    const document = openPicture({ editor, main, ...bench });
    select(document, { x: 0, y: 0, width: 9, height: 9 });
    pause();
    editor.dialog = 'extend';
    pause();
    expect(sent().at(-1)!.enabled).toMatchObject({ 'fill.run': false, 'edit.cancel': true });
    expect(sent().at(-1)!.enabled).not.toHaveProperty('edit.undo');
    main.say('command', { id: 'edit.undo' });
    expect(document.history.position).toBe(1);
    main.say('command', { id: 'edit.cancel' });
    expect(editor.dialog).toBeNull();
    stop();
  });

  it('has its commands done', () => {
    const { editor, main, stop } = follow();
    main.say('command', { id: 'help.about' });
    expect(editor.dialog).toBe('about');
    stop();
    expect(main.listening('command')).toBe(false);
  });
});
