import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTokenBench, type TokenBench } from './bench.ts';

let bench: TokenBench;

beforeEach(() => {
  bench = createTokenBench();
  bench.editor.tokenTools.code = 7;
});

/** Cells by row and column of the 16 x 16 tokens. */
function cell(row: number, column: number): number {
  return row * 16 + column;
}

function all(code: number, cells: readonly number[]): Record<number, number> {
  return Object.fromEntries(cells.map((cell) => [cell, code]));
}

describe('a token tool that can do nothing', () => {
  const note = (tool: 'token-brush' | 'token-stamp' | 'token-mix'): string | undefined => {
    bench.editor.tools.chosen = tool;
    bench.tool(tool).hover(bench.at(cell(2, 2)));
    const found = bench
      .tool(tool)
      .overlays()
      .find((overlay) => overlay.kind === 'note');
    return found?.text;
  };

  it('says why at the pointer, and nothing where it can', () => {
    expect(note('token-brush')).toBeUndefined();
    bench.editor.tokenTools.code = null;
    expect(note('token-brush')).toBe('No code: pick one (I)');
    expect(note('token-stamp')).toBe('No stamp: drag with Alt');
    expect(note('token-mix')).toBe('Needs two candidates of one fill');
  });
});

describe('the token brush', () => {
  it('paints what it passes over without gaps, as one undo step', async () => {
    bench.drag('token-brush', [cell(2, 2), cell(2, 6)]);
    await bench.finish();
    expect(bench.painted()).toEqual(
      all(
        7,
        [2, 3, 4, 5, 6].map((column) => cell(2, column)),
      ),
    );
    expect(bench.labels()).toEqual(['Token brush']);
    bench.document.undo();
    expect(bench.painted()).toEqual({});
  });

  it('is as wide as it is set, and stays in the frame', async () => {
    bench.editor.tokenTools.width = 3;
    bench.drag('token-brush', [cell(0, 15)]);
    await bench.finish();
    expect(bench.painted()).toEqual(all(7, [cell(0, 14), cell(0, 15), cell(1, 14), cell(1, 15)]));
  });

  it('draws a straight line from its last dab with Shift', async () => {
    bench.drag('token-brush', [cell(4, 1)]);
    await bench.finish();
    bench.drag('token-brush', [cell(4, 5)], { shift: true });
    await bench.finish();
    expect(bench.painted()).toEqual(
      all(
        7,
        [1, 2, 3, 4, 5].map((column) => cell(4, column)),
      ),
    );
    expect(bench.labels()).toHaveLength(2);
  });

  it('goes on where it comes back into the frame, and paints no short cut through it', async () => {
    const tool = bench.tool('token-brush');
    const below = { ...bench.at(cell(15, 3)), y: 200 };
    tool.down(bench.at(cell(15, 3)));
    tool.move(below);
    tool.move({ ...below, x: bench.at(cell(15, 12)).x });
    tool.move(bench.at(cell(15, 12)));
    tool.up(bench.at(cell(15, 12)));
    await bench.finish();
    expect(bench.painted()).toEqual(all(7, [cell(15, 3), cell(15, 12)]));
  });

  it('shows what it paints before there are pixels, and leaves nothing behind on Escape', async () => {
    const tool = bench.tool('token-brush');
    tool.down(bench.at(cell(3, 3)));
    tool.move(bench.at(cell(3, 4)));
    expect([...bench.document.tokenWork.stroke!.ids.keys()]).toEqual([cell(3, 3), cell(3, 4)]);
    bench.editor.gesture!.cancel();
    tool.up(bench.at(cell(3, 4)));
    await bench.finish();
    expect(bench.document.tokenWork.stroke).toBeNull();
    expect(bench.document.live).toBeNull();
    expect(bench.labels()).toEqual([]);
    expect(bench.editor.gesture).toBeNull();
  });

  it('picks with Alt, and paints nothing then', async () => {
    bench.drag('token-brush', [17], { alt: true });
    await bench.finish();
    expect(bench.editor.tokenTools.code).toBe(3);
    expect(bench.labels()).toEqual([]);
  });

  it('takes the most used code that is not under the pointer where no code is current', async () => {
    bench.editor.tokenTools.code = null;
    bench.drag('token-brush', [cell(5, 2)]);
    await bench.finish();
    expect(bench.painted()).toEqual({ [cell(5, 2)]: 2 });
    expect(bench.editor.tokenTools.code).toBe(2);
  });

  it('does not paint with a code that only another package has', async () => {
    bench.editor.tokenTools.code = 5000;
    bench.drag('token-brush', [cell(5, 2)]);
    await bench.finish();
    expect(bench.painted()).toEqual({ [cell(5, 2)]: 2 });
  });
});

describe('lines and rectangles', () => {
  it('are painted when the button goes up, and shown before', async () => {
    const tool = bench.tool('token-line');
    tool.down(bench.at(cell(1, 1)));
    tool.move(bench.at(cell(1, 3)));
    const [overlay] = tool.overlays();
    expect(overlay).toMatchObject({ kind: 'tokens' });
    expect(overlay?.kind === 'tokens' && [...overlay.edit.cells]).toEqual([17, 18, 19]);
    tool.up(bench.at(cell(1, 3)));
    await bench.finish();
    expect(bench.painted()).toEqual(all(7, [17, 18, 19]));
    expect(bench.labels()).toEqual(['Token line']);
  });

  it('keep to multiples of 45 degrees with Shift', async () => {
    bench.drag('token-line', [cell(2, 2), cell(3, 8)], { shift: true });
    await bench.finish();
    expect(Object.keys(bench.painted()).map(Number)).toEqual(
      [2, 3, 4, 5, 6, 7, 8].map((column) => cell(2, column)),
    );
  });

  it('fill the rectangle between two corners, whichever they are', async () => {
    bench.drag('token-rectangle', [cell(6, 5), cell(5, 3)]);
    await bench.finish();
    expect(bench.painted()).toEqual(
      all(7, [cell(5, 3), cell(5, 4), cell(5, 5), cell(6, 3), cell(6, 4), cell(6, 5)]),
    );
  });

  it('make squares with Shift', async () => {
    bench.drag('token-rectangle', [cell(5, 5), cell(7, 6)], { shift: true });
    await bench.finish();
    expect(Object.keys(bench.painted())).toHaveLength(9);
  });

  it('are given up by Escape', async () => {
    const tool = bench.tool('token-rectangle');
    tool.down(bench.at(cell(1, 1)));
    bench.editor.gesture!.cancel();
    expect(tool.overlays()).toMatchObject([{ kind: 'footprint' }]); // the pointer is still there
    tool.up(bench.at(cell(4, 4)));
    await bench.finish();
    expect(bench.labels()).toEqual([]);
  });
});

describe('the token bucket', () => {
  it('paints all that touches and has the same code', async () => {
    bench.drag('token-bucket', [cell(9, 12)]);
    await bench.finish();
    const right = [...bench.tokens.grid.ids.keys()].filter((cell) => bench.tokens.grid.ids[cell] === 2);
    expect(bench.painted()).toEqual(all(7, right));
  });
});

describe('the token picker', () => {
  it('takes the code where the button goes up, and remembers it once', () => {
    bench.drag('token-picker', [cell(0, 0), 17]);
    expect(bench.editor.tokenTools.code).toBe(3);
    expect(bench.editor.tokenTools.recent).toEqual({ 'tessera-base': [3] });
  });

  it('gives back the code that was there on Escape', () => {
    bench.tool('token-picker').down(bench.at(17));
    bench.editor.gesture!.cancel();
    expect(bench.editor.tokenTools.code).toBe(7);
  });
});

describe('the token stamp', () => {
  it('copies tokens with Alt, and puts it with its middle under the pointer', async () => {
    bench.drag('token-stamp', [cell(1, 0), cell(1, 2)], { alt: true });
    await bench.finish();
    expect([...bench.editor.tokenTools.stamp!.grid.ids]).toEqual([1, 3, 1]);
    bench.drag('token-stamp', [cell(8, 12)]);
    await bench.finish();
    expect(bench.painted()).toEqual({ [cell(8, 11)]: 1, [cell(8, 12)]: 3, [cell(8, 13)]: 1 });
    expect(bench.labels()).toEqual(['Token stamp']);
  });

  it('adds to the stamp with Alt and Shift; what lies between stays free', async () => {
    bench.drag('token-stamp', [cell(1, 1)], { alt: true });
    await bench.finish();
    bench.drag('token-stamp', [cell(1, 3)], { alt: true, shift: true });
    await bench.finish();
    expect([...bench.editor.tokenTools.stamp!.grid.ids]).toEqual([3, -1, 1]);
  });

  it('is laid side by side while it is dragged', async () => {
    bench.drag('token-stamp', [cell(1, 0), cell(1, 1)], { alt: true });
    await bench.finish();
    bench.drag('token-stamp', [cell(6, 9), cell(6, 10), cell(6, 12)]);
    await bench.finish();
    const cells = [9, 10, 11, 12, 13, 14].map((column) => cell(6, column));
    expect(Object.keys(bench.painted()).map(Number)).toEqual(
      cells.filter((cell) => bench.painted()[cell] !== 2),
    );
    expect(bench.painted()).toEqual({
      [cell(6, 9)]: 1,
      [cell(6, 10)]: 3,
      [cell(6, 11)]: 1,
      [cell(6, 12)]: 3,
      [cell(6, 13)]: 1,
      [cell(6, 14)]: 3,
    });
  });

  it('shows where it would lie', async () => {
    bench.drag('token-stamp', [cell(1, 0), cell(1, 1)], { alt: true });
    await bench.finish();
    const tool = bench.tool('token-stamp');
    tool.hover(bench.at(cell(4, 4)));
    const [ghost] = tool.overlays();
    expect(ghost?.kind === 'tokens' && [...ghost.edit.cells]).toEqual([cell(4, 4), cell(4, 5)]);
  });

  it('says what is missing where there is none, and where it is of another package', async () => {
    bench.drag('token-stamp', [cell(4, 4)]);
    expect(bench.editor.notices.list[0]?.message).toBe('There is no stamp yet.');
    const { grid } = bench.tokens;
    bench.editor.tokenTools.stamp = { package: { id: 'other', sha256: 'cd'.repeat(32) }, grid };
    bench.drag('token-stamp', [cell(4, 4)]);
    await bench.finish();
    expect(bench.editor.notices.list[0]?.message).toMatch('another package');
    expect(bench.labels()).toEqual([]);
  });
});

describe('a gesture whose tokens are not read', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is left out in the end, and that is said', async () => {
    bench.document.tokenWork.frameTokens = null;
    bench.drag('token-eraser', [cell(1, 1), cell(1, 3)]);
    await vi.advanceTimersByTimeAsync(9000);
    expect(bench.editor.notices.list).toEqual([]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(bench.editor.notices.list.map(({ message }) => message)).toEqual([
      'The tokens were not read in time, so what you just did with them was left out.',
    ]);
    expect(bench.labels()).toEqual([]);
  });
});
