import { beforeEach, describe, expect, it, vi } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import { cellRect } from '../../../../../core/frames/cellRects.ts';
import { readRect } from '../../../../../core/raster/flat.ts';
import { createTokenBench, type TokenBench } from './bench.ts';

let bench: TokenBench;

beforeEach(() => {
  bench = createTokenBench();
  bench.editor.tokenTools.code = 7;
});

const square = (number: number): Uint8Array =>
  readRect(bench.document.current.selection, cellRect(bench.tokens.frame, number));

describe('the token eraser', () => {
  it('makes holes of the squares that it passes over, at the end and in one step', () => {
    const tool = bench.tool('token-eraser');
    tool.down(bench.at(33));
    tool.move(bench.at(35));
    expect(tool.overlays()).toMatchObject([{ kind: 'cells', sign: 'erase', cells: new Set([33, 34, 35]) }]);
    expect(bench.labels()).toEqual([]);
    tool.up(bench.at(35));
    expect(bench.labels()).toEqual(['Erase tokens']);
    for (const cell of [33, 34, 35]) expect(square(cell).every((value) => value === 255)).toBe(true);
    for (const cell of [32, 36, 17, 50]) expect(square(cell).every((value) => value === 0)).toBe(true);
  });

  it('leaves everything as it was on Escape', () => {
    const tool = bench.tool('token-eraser');
    tool.down(bench.at(33));
    bench.editor.gesture!.cancel();
    tool.up(bench.at(33));
    expect(bench.labels()).toEqual([]);
  });
});

describe('restoring tokens', () => {
  it('takes them out of the hole again', async () => {
    bench.drag('token-eraser', [33, 35]);
    bench.drag('token-restore', [34]);
    await bench.finish();
    expect([33, 34, 35].map((cell) => square(cell)[0])).toEqual([255, 0, 255]);
  });
});

describe('pins', () => {
  const pins = (): readonly number[] => bench.document.current.tokens.at(-1)?.pins ?? [];

  it('are set by a stroke and taken out with Alt', () => {
    bench.drag('token-pin', [40, 42]);
    expect(pins()).toEqual([40, 41, 42]);
    bench.document.tokenWork.frameTokens = {
      ...bench.document.tokenWork.frameTokens!,
      tokens: bench.document.current.tokens.at(-1)!,
    };
    bench.drag('token-pin', [41], { alt: true });
    expect(pins()).toEqual([40, 42]);
    expect(bench.labels()).toEqual(['Pin tokens', 'Unpin tokens']);
  });
});

describe('asking the model', () => {
  it('asks about the cell that is clicked', async () => {
    bench.drag('token-ask', [20]);
    await vi.waitFor(() => bench.engine.newest('tokens.suggest'));
    expect(bench.engine.newest('tokens.suggest').params.cells).toEqual([20]);
    expect(bench.document.tokenWork.chosen).toEqual([20]);
  });

  it('asks about a group that is dragged out, and adds to it with Shift', async () => {
    bench.drag('token-ask', [20, 37]);
    expect(bench.document.tokenWork.chosen).toEqual([20, 21, 36, 37]);
    bench.drag('token-ask', [60], { shift: true });
    expect(bench.document.tokenWork.chosen).toEqual([20, 21, 36, 37, 60]);
    await bench.finish();
  });

  it('lets go of the group when something else is done', async () => {
    bench.drag('token-ask', [20, 37]);
    bench.drag('token-picker', [3]);
    expect(bench.document.tokenWork.chosen).toEqual([]);
    await bench.finish();
  });
});

describe('a tool before the tokens are known', () => {
  beforeEach(() => {
    bench.document.tokenWork.frameTokens = null;
  });

  it('keeps what the pointer does, and does it as soon as they are', async () => {
    bench.drag('token-brush', [50, 52]);
    expect(bench.labels()).toEqual([]);
    await bench.finish();
    expect(bench.painted()).toEqual({ 50: 7, 51: 7, 52: 7 });
  });

  it('forgets it on Escape', async () => {
    bench.drag('token-brush', [50, 52]);
    bench.editor.gesture!.cancel();
    await bench.finish();
    expect(bench.labels()).toEqual([]);
  });

  it('forgets a click that nobody waits for any more', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    bench.drag('token-brush', [51]);
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    await bench.finish();
    expect(bench.labels()).toEqual([]);
    expect(bench.editor.gesture).toBeNull();
  });

  it('says what went wrong, once', async () => {
    bench.drag('token-brush', [50]);
    await vi.waitFor(() => bench.engine.newest('tokens.encode'));
    await bench.engine.newest('tokens.encode').fail(new TesseraError('output', 'It broke.'));
    await bench.finish();
    expect(bench.editor.notices.list).toHaveLength(1);
    expect(bench.editor.gesture).toBeNull();
  });
});

describe('the keyboard', () => {
  it('moves from cell to cell, by eight with Shift, and stays in the frame', () => {
    const tool = bench.tool('token-brush');
    const { tokenWork } = bench.document;
    bench.editor.pointer = { x: 12, y: 12 };
    tool.nudge!({ x: 1, y: 0 }, false);
    expect(tokenWork.focus).toBe(17); // under the pointer first
    tool.nudge!({ x: 1, y: 0 }, false);
    expect(tokenWork.focus).toBe(18);
    tool.nudge!({ x: 0, y: 1 }, true);
    expect(tokenWork.focus).toBe(18 + 8 * 16);
    tool.nudge!({ x: 0, y: 1 }, true);
    expect(tokenWork.focus).toBe(15 * 16 + 2);
  });

  it('scrolls the cell into view', () => {
    const { view, tokenWork } = bench.document;
    view.zoomTo(32);
    const tool = bench.tool('token-brush');
    for (let i = 0; i < 30; i++) tool.nudge!({ x: 1, y: 0 }, false);
    const { x, width } = cellRect(bench.tokens.frame, tokenWork.focus!);
    const seen = view.visible();
    expect(x >= seen.x && x + width <= seen.x + seen.width + 1e-6).toBe(true);
  });
});

describe('the cursor', () => {
  it('says whether there are tokens, and whether one would be picked', () => {
    const tool = bench.tool('token-brush');
    tool.hover(bench.at(20));
    expect(tool.cursor()).toBe('crosshair');
    tool.hover(bench.at(20, { alt: true }));
    expect(tool.cursor()).toMatch(/^url\("data:image\/svg/);
    tool.hover({ ...bench.at(20), x: -5 });
    expect(tool.cursor()).toBe('not-allowed');
  });
});

describe('what is under the pointer', () => {
  it('is as large as the brush', () => {
    bench.editor.tokenTools.width = 3;
    const tool = bench.tool('token-brush');
    tool.hover(bench.at(20));
    expect(tool.overlays()).toEqual([{ kind: 'footprint', rect: { x: 24, y: 0, width: 24, height: 24 } }]);
    tool.hover(bench.at(20, { alt: true }));
    expect(tool.overlays()).toEqual([{ kind: 'footprint', rect: { x: 32, y: 8, width: 8, height: 8 } }]);
  });
});
