import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TesseraError } from '../../../../../../core/base/errors.ts';
import { writeRect } from '../../../../../../core/raster/write.ts';
import { paintOnce } from '../../../../../../renderer/commands/tokens/paint/paint.ts';
import { setEdit } from '../../../../../../core/tokens/edit.ts';
import { followTokens } from '../../../../../../renderer/commands/tokens/view/follow.svelte.ts';
import { readyTokens } from '../../../../../../renderer/commands/tokens/view/frameTokens.ts';
import { pinCells } from '../../../../../../renderer/commands/tokens/cells/cells.ts';
import type { OpenDocument } from '../../../../../../renderer/state/openDocument.svelte.ts';
import { openPicture, PACKAGE, select } from '../../../support/editor.ts';
import { countOf, encoded, openBench, painted, type TokensBench } from '../tokenEngine.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What follows happens later, as after a pause; whatever was asked for meanwhile is answered. */
async function pause(bench: TokensBench, ms = 1000): Promise<void> {
  flushSync();
  for (let i = 0; i < 4; i++) {
    await vi.advanceTimersByTimeAsync(ms / 4);
    flushSync();
    answerAll(bench);
    await vi.advanceTimersByTimeAsync(0);
  }
}

const answered = new WeakSet();

function answerAll({ engine }: TokensBench): void {
  for (const asked of engine.asked) {
    if (answered.has(asked)) continue;
    answered.add(asked);
    const { method, params } = asked;
    if (method === 'tokens.encode') void asked.answer(encoded(params as never));
    if (method === 'tokens.paint') void asked.answer(painted(params as never));
  }
}

function brush(document: OpenDocument, x = 8): void {
  const rect = { x, y: 0, width: 8, height: 8 };
  const data = new Uint8Array(256).fill(200);
  document.commit('Brush', { picture: writeRect(document.current.picture, rect, data) });
}

function lookedAt(canvas?: TokensBench['document']['current']['canvas']) {
  const bench = openBench(canvas);
  bench.editor.preferences.tokenGrid = true;
  return { ...bench, stop: followTokens(bench.editor) };
}

describe('the frame tokens of a document that is looked at', () => {
  it('is made when the grid, the panel or a tool asks for it, and goes when none does', async () => {
    const bench = openBench();
    const { editor, document } = bench;
    const stop = followTokens(editor);
    await pause(bench);
    expect(countOf(bench, 'tokens.encode')).toBe(0);
    editor.tools.chosen = 'token-brush';
    await pause(bench);
    expect(document.tokenWork.frameTokens).not.toBeNull();
    editor.tools.chosen = 'brush';
    flushSync();
    expect(document.tokenWork.frameTokens).toBeNull();
    editor.preferences.panel = 'tokens';
    await pause(bench);
    expect(document.tokenWork.frameTokens).not.toBeNull();
    editor.preferences.panel = 'fill';
    editor.preferences.tokenGrid = true;
    await pause(bench);
    expect(document.tokenWork.frameTokens).not.toBeNull();
    stop();
  });

  it('follows the picture after a pause, and is the old one until then', async () => {
    const bench = lookedAt();
    const { document, stop } = bench;
    await pause(bench);
    const first = document.tokenWork.frameTokens!;
    brush(document);
    flushSync();
    expect(document.tokenWork.frameTokens).toBe(first);
    await pause(bench);
    expect(document.tokenWork.frameTokens!.tokens.grid.ids[1]).toBe(200);
    document.undo();
    flushSync();
    expect(document.tokenWork.frameTokens!.tokens.grid.ids).toEqual(first.tokens.grid.ids); // at once
    expect(countOf(bench, 'tokens.encode')).toBe(2);
    stop();
  });

  it('is not touched while a gesture is under way', async () => {
    const bench = lookedAt();
    const { editor, document, stop } = bench;
    await pause(bench);
    editor.gesture = { cancel: () => undefined };
    brush(document);
    await pause(bench);
    expect(countOf(bench, 'tokens.encode')).toBe(1);
    editor.gesture = null;
    await pause(bench);
    expect(countOf(bench, 'tokens.encode')).toBe(2);
    stop();
  });

  it('is not made again for selections, nor for what is learnt of the package', async () => {
    const bench = lookedAt();
    const { editor, document, stop } = bench;
    await pause(bench);
    const first = document.tokenWork.frameTokens;
    select(document, { x: 0, y: 0, width: 30, height: 30 });
    editor.packages.update({ ...PACKAGE, provider: 'cuda' });
    await pause(bench);
    expect(document.tokenWork.frameTokens).toBe(first);
    editor.packages.update({ ...PACKAGE, sha256: 'cd'.repeat(32) });
    await pause(bench);
    expect(document.tokenWork.frameTokens!.tokens.package.sha256).toBe('cd'.repeat(32));
    stop();
  });

  it('has after painting only the errors of what was painted measured again, and only around it', async () => {
    const bench = lookedAt({ x: 0, y: 0, width: 512, height: 512 });
    const { editor, document, engine, stop } = bench;
    await pause(bench);
    const first = document.tokenWork.frameTokens!;
    const done = paintOnce(editor, document, 'Token brush', setEdit([130], 77));
    await pause(bench);
    await done;
    await pause(bench, 4000);
    expect(countOf(bench, 'tokens.encode')).toBe(2);
    const { frame, region } = engine.newest('tokens.encode').params;
    expect([frame.columns, frame.rows]).toEqual([11, 11]);
    expect(region).toEqual(frame.rect);
    const { errors, tokens } = document.tokenWork.frameTokens!;
    expect(tokens.grid.ids[130]).toBe(77);
    expect(errors![130]).toBe(77 / 2);
    expect(errors!.filter((error, cell) => error !== first.errors![cell])).toHaveLength(1);
    stop();
  });

  it('keeps its errors when only pins change', async () => {
    const bench = lookedAt();
    const { document, stop } = bench;
    await pause(bench);
    pinCells(document, [3], true);
    await pause(bench, 4000);
    expect(document.tokenWork.frameTokens!.tokens.pins).toEqual([3]);
    expect(document.tokenWork.frameTokens!.errors).not.toBeNull();
    expect(countOf(bench, 'tokens.encode')).toBe(1);
    stop();
  });

  it('is measured once where the document brings its tokens', async () => {
    const bench = lookedAt();
    const { document, editor, stop } = bench;
    await pause(bench);
    pinCells(document, [3], true);
    editor.preferences.tokenGrid = false;
    flushSync();
    expect(document.tokenWork.frameTokens).toBeNull();
    editor.preferences.tokenGrid = true;
    flushSync();
    expect(document.tokenWork.frameTokens).toMatchObject({
      tokens: document.current.tokens[0],
      errors: null,
    });
    await pause(bench, 4000);
    expect(document.tokenWork.frameTokens!.errors).not.toBeNull();
    expect(countOf(bench, 'tokens.encode')).toBe(2);
    stop();
  });

  it('stays for the active document alone', async () => {
    const bench = lookedAt();
    const { document, stop } = bench;
    await pause(bench);
    const other = openPicture(bench);
    await pause(bench);
    expect(document.tokenWork.frameTokens).toBeNull();
    expect(other.tokenWork.frameTokens).not.toBeNull();
    stop();
    expect(other.tokenWork.frameTokens).toBeNull();
  });

  it('goes after a while where only a command has asked for it', async () => {
    const bench = openBench();
    const { editor, document } = bench;
    const stop = followTokens(editor);
    const ready = readyTokens(editor, document);
    await pause(bench);
    expect(document.tokenWork.frameTokens).toBe(await ready);
    await pause(bench, 20_000);
    expect(document.tokenWork.frameTokens).toBeNull();
    stop();
  });

  it('tells what goes wrong', async () => {
    const bench = lookedAt();
    const { editor, engine, stop } = bench;
    flushSync();
    await vi.advanceTimersByTimeAsync(1000);
    void engine.newest('tokens.encode').fail(new TesseraError('output', 'It stopped.'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(editor.notices.list.map(({ message }) => message)).toEqual(['It stopped.']);
    stop();
  });
});
