import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TesseraError } from '../../../../core/base/errors.ts';
import { persistPreferences, restorePreferences } from '../../../../renderer/commands/preferences.svelte.ts';
import { createBench } from '../support/editor.ts';
import { FakeMain } from '../support/fakeMain.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('preferences', () => {
  it('are as they were left', async () => {
    const persisted = { rulers: true, tools: { hardness: 0.3 }, fill: { preset: 'fine', candidates: 1 } };
    const { editor } = createBench(new FakeMain({ 'preferences.read': () => persisted }));
    await restorePreferences(editor);
    expect(editor.preferences.rulers).toBe(true);
    expect(editor.tools.hardness).toBe(0.3);
    expect(editor.fillSettings).toMatchObject({ preset: 'fine', candidates: 1 });
  });

  it('are written when they rest, whole, and only when they have changed', async () => {
    const { editor, main } = createBench();
    await restorePreferences(editor);
    const stop = persistPreferences(editor);
    const pause = () => {
      flushSync();
      vi.advanceTimersByTime(2000);
    };
    pause();
    expect(main.paramsOf('preferences.write')).toEqual([]);
    for (const opacity of [0.1, 0.2, 0.3]) {
      editor.preferences.overlayOpacity = opacity;
      flushSync();
      vi.advanceTimersByTime(50);
    }
    pause();
    const [written, ...more] = main.paramsOf('preferences.write');
    expect(more).toEqual([]);
    expect(written!.values).toMatchObject({
      overlayOpacity: 0.3,
      tools: { hardness: 0.8 },
      fill: { candidates: 4 },
    });
    editor.tools.hardness = 0.5;
    flushSync();
    editor.tools.hardness = 0.8;
    pause();
    expect(main.paramsOf('preferences.write')).toHaveLength(1);
    stop();
  });

  it('that cannot be written are told', async () => {
    const fail = () => {
      throw new TesseraError('output', 'The disk is full.');
    };
    const { editor } = createBench(new FakeMain({ 'preferences.write': fail }));
    const stop = persistPreferences(editor);
    editor.preferences.rulers = true;
    flushSync();
    await vi.advanceTimersByTimeAsync(2000);
    expect(editor.notices.list).toMatchObject([{ message: 'The disk is full.' }]);
    stop();
  });
});
