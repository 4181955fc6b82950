import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followPlans } from '../../../../../renderer/commands/fill/followPlans.svelte.ts';
import { createBench, openPicture, select } from '../../support/editor.ts';

const SPOT = { x: 40, y: 50, width: 30, height: 20 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What follows happens later, as after a pause. */
function pause(): void {
  flushSync();
  vi.advanceTimersByTime(1000);
}

function openBench() {
  const bench = createBench();
  const document = openPicture(bench);
  return { ...bench, document, stop: followPlans(bench.editor) };
}

describe('the plans of the next fill', () => {
  it('follow the selection, the chosen frame and the scale, after a pause', () => {
    const { editor, document, stop } = openBench();
    pause();
    expect(document.fill.plans).toEqual([]);

    select(document, SPOT);
    flushSync();
    expect(document.fill.plans).toEqual([]); // not in the gesture's own time
    pause();
    expect(document.fill.plans.map(({ bounds }) => bounds)).toEqual([SPOT]);
    expect(document.fill.plans[0]!.frame.scale).toBe(1);

    editor.fillSettings.scale = 2;
    pause();
    expect(document.fill.plans[0]!.frame.scale).toBe(2);

    const frame = { rect: { x: 0, y: 0, width: 128, height: 128 }, scale: 1, columns: 16, rows: 16 };
    document.commit('Frame', { frame: { before: null, after: frame } });
    pause();
    expect(document.fill.plans).toEqual([{ frame, bounds: SPOT }]);

    document.undo();
    document.undo();
    pause();
    expect(document.fill.plans).toEqual([]);
    stop();
  });

  it('wait while a gesture or a preview is under way', () => {
    const { editor, document, stop } = openBench();
    editor.gesture = { cancel: () => undefined };
    select(document, SPOT);
    pause();
    expect(document.fill.plans).toEqual([]);
    editor.gesture = null;
    document.live = { selection: document.current.selection };
    pause();
    expect(document.fill.plans).toEqual([]);
    document.live = null;
    pause();
    expect(document.fill.plans).toHaveLength(1);
    stop();
  });

  it('are made once for what comes in quick succession, and not for changes of pixels', () => {
    const { document, stop } = openBench();
    select(document, SPOT);
    pause();
    const { plans } = document.fill;
    document.commit('Tokens', { tokens: { before: document.current.tokens, after: [] } });
    pause();
    expect(document.fill.plans).toBe(plans);
    stop();
  });

  it('belong to each document', () => {
    const { editor, document, stop, ...bench } = openBench();
    select(document, SPOT);
    const other = openPicture({ editor, ...bench });
    select(other, { x: 1, y: 2, width: 3, height: 4 });
    pause();
    expect(other.fill.plans).toHaveLength(1);
    expect(document.fill.plans).toEqual([]);
    editor.active = document;
    pause();
    expect(document.fill.plans.map(({ bounds }) => bounds)).toEqual([SPOT]);
    stop();
  });

  it('are none without a package, and on a canvas that is too small', () => {
    const { editor, document, stop, ...bench } = openBench();
    select(document, SPOT);
    pause();
    editor.packages.list = [];
    pause();
    expect(document.fill.plans).toEqual([]);
    stop();
    const tiny = openPicture({ editor, ...bench }, { x: 0, y: 0, width: 5, height: 5 });
    select(tiny, { x: 0, y: 0, width: 5, height: 5 });
    pause();
    expect(tiny.fill.plans).toEqual([]);
  });

  it('reach out of the picture with the chosen frame, before the picture does', () => {
    const { document, stop } = openBench();
    const frame = { rect: { x: 236, y: 0, width: 128, height: 128 }, scale: 1, columns: 16, rows: 16 };
    document.commit('Frame', { frame: { before: null, after: frame } });
    pause();
    expect(document.fill.plans).toEqual([{ frame, bounds: { x: 300, y: 0, width: 64, height: 128 } }]);
    expect(document.current.canvas.width).toBe(300);
    stop();
  });
});
