import fc from 'fast-check';
import type { Detail } from '../../../../../../core/document/details.ts';
import { describe, expect, it } from 'vitest';
import { sameDocument } from '../../../../../../core/document/document.ts';
import { TesseraError } from '../../../../../../core/base/errors.ts';
import type { TokensToPaint } from '../../../../../../core/paint/requests.ts';
import { readRect } from '../../../../../../core/raster/flat.ts';
import { setEdit, type TokenEdit } from '../../../../../../core/tokens/edit.ts';
import { cellAt } from '../../../../../../core/frames/cells.ts';
import { beginPainting, paintOnce } from '../../../../../../renderer/commands/tokens/paint/paint.ts';
import { Editor } from '../../../../../../renderer/state/editor.svelte.ts';
import { FakeMain } from '../../../support/fakeMain.ts';
import { openPicture, PACKAGE, select } from '../../../support/editor.ts';
import { settled } from '../../../support/fakeEngine.ts';
import {
  answerPaint,
  CANVAS,
  countOf,
  openBench,
  QuickEngine,
  tokensBench,
  type TokensBench,
  encodeTokens,
} from '../tokenEngine.ts';

function edit(...cells: number[]): TokenEdit {
  return setEdit(cells, 77);
}

function redAt({ document }: TokensBench, x: number, y: number): number {
  return readRect(document.picture, { x, y, width: 1, height: 1 })[0]!;
}

const WIDTH: Detail = { kind: 'size', of: 'tokens', width: 1, height: 1 };

describe('a gesture that paints tokens', () => {
  it('is one undo step: pixels, tokens, and the frame for fills', async () => {
    const bench = await tokensBench();
    const { editor, document } = bench;
    const before = document.current;
    const { frame } = document.tokenWork.frameTokens!.tokens;
    const painting = beginPainting(editor, document, 'Token brush', [WIDTH])!;
    painting.paint(edit(1));
    expect(document.tokenWork.stroke).toEqual({ ids: new Map([[1, 77]]), shown: new Set() });
    await answerPaint(bench);
    expect(document.current).toBe(before);
    expect(redAt(bench, 8, 0)).toBe(77); // it follows
    expect(document.tokenWork.stroke!.shown).toEqual(new Set([1]));
    expect(await painting.end()).toBe(true);
    expect(document.history.entries).toMatchObject([
      {
        label: 'Token brush',
        details: [{ kind: 'count', of: 'tokens', count: 1 }, { kind: 'code', id: 77 }, WIDTH],
      },
    ]);
    expect(document.current.frame).toEqual(frame);
    expect(document.current.tokens[0]!.grid.ids[1]).toBe(77);
    expect(document.live).toBeNull();
    expect(document.tokenWork.stroke).toBeNull();
    document.undo();
    expect(sameDocument(document.current, before)).toBe(true);
  });

  it('changes not one pixel outside its cells, whatever the engine answers', async () => {
    const bench = await tokensBench({ x: 0, y: 0, width: 512, height: 512 });
    const { document } = bench;
    const before = document.current.picture;
    const done = paintOnce(bench.editor, document, 'Token brush', edit(0, 65, 3));
    await answerPaint(bench);
    await done;
    const { frame } = document.current.tokens[0]!;
    const { picture } = document.current;
    const [was, is] = [readRect(before, before.rect), readRect(picture, picture.rect)];
    for (let i = 0; i < is.length; i++) {
      const cell = cellAt(frame, (i >> 2) % 512, Math.floor((i >> 2) / 512))!;
      if (is[i] !== was[i] && ![0, 65, 3].includes(cell)) throw new Error(`byte ${i} of cell ${cell}`);
    }
    for (const [key, tile] of before.tiles) {
      expect(picture.tiles.get(key) === tile).toBe(key !== before.tiles.keys().next().value);
    }
  });

  it('asks for one thing at a time, and for all that came meanwhile together', async () => {
    const bench = await tokensBench();
    const painting = beginPainting(bench.editor, bench.document, 'Token brush')!;
    painting.paint(edit(1));
    await settled();
    painting.paint(edit(200));
    painting.paint(setEdit([200, 201], 78));
    await settled();
    expect(countOf(bench, 'tokens.paint')).toBe(1);
    const first = await answerPaint(bench);
    const second = await answerPaint(bench);
    expect(first.cells).toEqual([1]);
    expect(second.cells).toEqual([200, 201]);
    expect([...second.after.ids.slice(200, 202)]).toEqual([78, 78]);
    expect(second.before.ids).toEqual(first.after.ids);
    expect(second.region).toEqual({ x: 63, y: 95, width: 18, height: 10 }); // no more than it needs
    await painting.end();
    expect(countOf(bench, 'tokens.paint')).toBe(2);
    expect(bench.document.history.entries).toHaveLength(1);
  });

  it('decodes painted neighbours again: they look other beside another token', async () => {
    const bench = await tokensBench();
    const painting = beginPainting(bench.editor, bench.document, 'Token brush')!;
    for (const cells of [[1], [2], [9], [0, 12]]) {
      painting.paint(edit(...cells));
      await answerPaint(bench);
    }
    const asked = bench.engine.asked.filter(({ method }) => method === 'tokens.paint');
    expect(asked.map(({ params }) => (params as TokensToPaint).cells)).toEqual([
      [1],
      [1, 2],
      [9],
      [0, 1, 2, 12], // and not what only lies between
    ]);
    await painting.end();
  });

  it('gives back bit for bit what is painted over with what was there', async () => {
    const bench = await tokensBench();
    const before = bench.document.current.picture;
    const painting = beginPainting(bench.editor, bench.document, 'Token brush')!;
    painting.paint(edit(1));
    await answerPaint(bench);
    painting.paint(setEdit([1], 8));
    await settled();
    expect(redAt(bench, 9, 0)).toBe(9);
    expect(await painting.end()).toBe(false);
    expect(bench.document.current.picture).toBe(before);
    expect(bench.document.history.entries).toEqual([]);
  });

  it('waits for the last pixels', async () => {
    const bench = await tokensBench();
    const painting = beginPainting(bench.editor, bench.document, 'Token brush')!;
    painting.paint(edit(1));
    const ended = painting.end();
    await settled();
    expect(bench.document.history.entries).toEqual([]);
    await answerPaint(bench);
    expect(await ended).toBe(true);
  });

  it('waits for its tokens, and for the gesture before it', async () => {
    const bench = openBench();
    const { editor, document } = bench;
    const first = beginPainting(editor, document, 'Token brush')!;
    first.paint(edit(1));
    const firstEnd = first.end();
    const second = beginPainting(editor, document, 'Token brush')!;
    second.paint(edit(2));
    const secondEnd = second.end();
    await settled();
    expect(countOf(bench, 'tokens.paint')).toBe(0);
    await encodeTokens(bench);
    await answerPaint(bench);
    expect(await firstEnd).toBe(true);
    await answerPaint(bench);
    expect(await secondEnd).toBe(true);
    expect([...document.current.tokens[0]!.grid.ids.slice(0, 3)]).toEqual([0, 77, 77]);
    expect(countOf(bench, 'tokens.encode')).toBe(1);
  });

  it('that is cancelled leaves everything as it was', async () => {
    const bench = await tokensBench();
    const { document } = bench;
    const painting = beginPainting(bench.editor, document, 'Token brush')!;
    painting.paint(edit(1));
    await answerPaint(bench);
    painting.paint(edit(2));
    await settled();
    painting.cancel();
    painting.paint(edit(3));
    await settled();
    expect(await painting.end()).toBe(false);
    expect([document.live, document.tokenWork.stroke, document.history.entries]).toEqual([null, null, []]);
    expect(bench.editor.notices.list).toEqual([]);
    expect(countOf(bench, 'tokens.paint')).toBe(2);
  });

  it('tells once that the engine failed, and changes nothing', async () => {
    const bench = await tokensBench();
    const { document, editor } = bench;
    const painting = beginPainting(editor, document, 'Token brush')!;
    painting.paint(edit(1));
    await answerPaint(bench);
    painting.paint(edit(2));
    await settled();
    await bench.engine.newest('tokens.paint').fail(new TesseraError('internal', 'It stopped.'));
    painting.paint(edit(3));
    expect(await painting.end()).toBe(false);
    expect(editor.notices.list.map(({ message }) => message)).toEqual(['It stopped.']);
    expect([document.live, document.tokenWork.stroke, document.history.entries]).toEqual([null, null, []]);
    const again = paintOnce(editor, document, 'Token brush', edit(1));
    await answerPaint(bench);
    expect(await again).toBe(true); // and nobody waits for the one that failed
  });

  it('is dropped where the document was changed before its pixels came', async () => {
    const bench = await tokensBench();
    const { document } = bench;
    const first = paintOnce(bench.editor, document, 'Token brush', edit(1));
    await answerPaint(bench);
    await first;
    const painting = beginPainting(bench.editor, document, 'Token brush')!;
    painting.paint(edit(2));
    await settled();
    document.undo();
    await answerPaint(bench);
    expect(await painting.end()).toBe(false);
    expect(document.history.position).toBe(0);
    expect(document.live).toBeNull();
  });

  it('pins what is painted in the hole, also with the code that was there', async () => {
    const bench = await tokensBench();
    select(bench.document, { x: 0, y: 0, width: 32, height: 8 }); // cells 0 to 3
    const done = paintOnce(bench.editor, bench.document, 'Token brush', setEdit([2, 3, 9], 16));
    await answerPaint(bench);
    await done;
    const [tokens] = bench.document.current.tokens;
    expect(tokens!.pins).toEqual([2, 3]);
    expect(tokens!.provenance[2]!.kind).toBe('encoded');
    expect(tokens!.provenance[9]!.kind).toBe('painted');
  });

  it('undone is as if it had not been', async () => {
    const cell = fc.nat(255);
    const code = fc.nat(255);
    const strokes = fc.array(fc.array(fc.tuple(cell, code), { maxLength: 6 }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(strokes, async (gestures) => {
        const editor = new Editor(new QuickEngine(), new FakeMain());
        editor.packages.update(PACKAGE);
        const document = openPicture({ editor, engine: new QuickEngine(), main: new FakeMain() }, CANVAS);
        const states = [document.current];
        for (const dabs of gestures) {
          const painting = beginPainting(editor, document, 'Token brush')!;
          for (const [at, id] of dabs) painting.paint(setEdit([at], id));
          if (await painting.end()) states.push(document.current);
        }
        for (const state of states.toReversed()) {
          if (!sameDocument(document.current, state)) throw new Error('another document');
          document.undo();
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('painting where the frame reaches past the picture', () => {
  const frame = { rect: { x: 64, y: 0, width: 128, height: 128 }, scale: 1, columns: 16, rows: 16 };

  it('extends the picture where the frame was pulled out by hand', async () => {
    const bench = openBench();
    const { document } = bench;
    document.commit('Frame', { frame: { before: null, after: frame } });
    await encodeTokens(bench);
    const painting = beginPainting(bench.editor, document, 'Token brush')!;
    painting.paint(edit(0));
    await answerPaint(bench);
    painting.paint(edit(15));
    expect(document.current.canvas.width).toBe(192);
    await encodeTokens(bench);
    const asked = await answerPaint(bench);
    expect(asked.cells).toEqual([0, 15]); // all that was painted, on the larger canvas
    expect(await painting.end()).toBe(true);
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Frame', 'Extend', 'Token brush']);
    expect(redAt(bench, 184, 0)).toBe(77);
    expect(document.current.tokens[0]!.pins).toEqual([15]); // what is new is selected
  });

  it('elsewhere leaves those tokens out, and says so once', async () => {
    const bench = openBench({ x: 0, y: 0, width: 100, height: 100 });
    const { document, editor } = bench;
    const { tokens } = await encodeTokens(bench);
    expect(tokens.frame.columns).toBe(16);
    const painting = beginPainting(editor, document, 'Token brush')!;
    painting.paint(edit(11, 12, 13));
    painting.paint(edit(14));
    const asked = await answerPaint(bench);
    expect(asked.cells).toEqual([11, 12]);
    await painting.end();
    expect(editor.notices.list).toHaveLength(1);
    expect(document.current.canvas.width).toBe(100);
    expect(document.current.frame).toBeNull(); // else the next fill would extend the picture to it
  });

  it('needs a package', () => {
    const bench = openBench();
    bench.editor.packages.list = [];
    expect(beginPainting(bench.editor, bench.document, 'Token brush')).toBeNull();
    expect(bench.editor.notices.list).toHaveLength(1);
  });
});
