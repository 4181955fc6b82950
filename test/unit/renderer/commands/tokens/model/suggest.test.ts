import { describe, expect, it } from 'vitest';
import type { Suggestions, TokensToSuggest } from '../../../../../../core/paint/requests.ts';
import { readRect } from '../../../../../../core/raster/flat.ts';
import { cellsMask } from '../../../../../../core/frames/cellRects.ts';
import { ShownPicture } from '../../../../../../renderer/canvas/picture/shownPicture.ts';
import { eraseCells, pinCells } from '../../../../../../renderer/commands/tokens/cells/cells.ts';
import { followModel } from '../../../../../../renderer/commands/tokens/model/follow.svelte.ts';
import {
  closeSuggestions,
  stepSuggestion,
  suggest,
  takeSuggestion,
  tryOn,
} from '../../../../../../renderer/commands/tokens/model/suggest.ts';
import { createKeyboard } from '../../../../../../renderer/commands/keyboard.ts';
import { select } from '../../../support/editor.ts';
import { settled } from '../../../support/fakeEngine.ts';
import { input } from '../../../support/keys.ts';
import { greyPatch } from '../../../support/outcome.ts';
import { answerPaint, countOf, tokensBench, type TokensBench } from '../tokenEngine.ts';

/** Codes 100, 101, ..., each a grey of its own all over the region. */
function answerOf({ count, region }: TokensToSuggest): Suggestions {
  const list = Array.from({ length: count }, (_, i) => ({
    id: 100 + i,
    probability: 0.5 ** (i + 1),
    patch: greyPatch(region, 100 + i),
  }));
  return { list, entropy: 2.5 };
}

async function ask(bench: TokensBench, cells: readonly number[]): Promise<TokensToSuggest> {
  const done = suggest(bench.editor, bench.document, cells);
  await settled();
  const asked = bench.engine.newest('tokens.suggest');
  await asked.answer(answerOf(asked.params));
  await done;
  return asked.params;
}

function seenAt({ document }: TokensBench, x: number, y: number): number {
  return readRect(new ShownPicture().of(document), { x, y, width: 1, height: 1 })[0]!;
}

describe('asking for suggestions', () => {
  it('sends the tokens, the hole without its pins, and the pixels around the cells', async () => {
    const bench = await tokensBench();
    const { document } = bench;
    eraseCells(document, [1, 2, 3]);
    pinCells(document, [2], true);
    await settled();
    const params = await ask(bench, [18, 17, 17]);
    const { tokens, picture } = document.tokenWork.frameTokens!;
    expect(params).toMatchObject({ package: 'tessera-base', count: 16, cells: [17, 18], hole: [1, 3] });
    expect(params.frame).toEqual(tokens.frame);
    expect(params.grid).toBe(tokens.grid);
    expect(params.region).toEqual({ x: 7, y: 7, width: 18, height: 10 });
    expect(params.picture).toEqual(readRect(picture, params.region));
    const { asked, asking } = document.tokenWork;
    expect(asking).toBe(false);
    expect(asked).toMatchObject({ cells: [17, 18], tried: null, entropy: 2.5 });
    expect(asked!.list.map(({ id }) => id)).toEqual(Array.from({ length: 16 }, (_, i) => 100 + i));
  });

  it('does not ask for what it is asked about to be hidden twice', async () => {
    const bench = await tokensBench();
    eraseCells(bench.document, [5, 6]);
    await settled();
    expect((await ask(bench, [5])).hole).toEqual([6]);
  });

  it('gives up the question before, and says when it waits', async () => {
    const bench = await tokensBench();
    const { editor, document, engine } = bench;
    const first = suggest(editor, document, [1]);
    await settled();
    const old = engine.newest('tokens.suggest');
    expect(document.tokenWork.asking).toBe(true);
    const second = suggest(editor, document, [2]);
    await first;
    expect(document.tokenWork.asking).toBe(true);
    await settled();
    await old.answer(answerOf(old.params));
    expect(document.tokenWork.asked).toBeNull();
    const asked = engine.newest('tokens.suggest');
    await asked.answer(answerOf(asked.params));
    await second;
    expect(document.tokenWork.asked!.cells).toEqual([2]);
    expect(editor.notices.list).toEqual([]);
  });

  it('drops an answer to what has changed since', async () => {
    const bench = await tokensBench();
    const done = suggest(bench.editor, bench.document, [1]);
    await settled();
    select(bench.document, { x: 0, y: 0, width: 50, height: 50 });
    const asked = bench.engine.newest('tokens.suggest');
    await asked.answer(answerOf(asked.params));
    await done;
    expect(bench.document.tokenWork).toMatchObject({ asked: null, asking: false });
  });

  it('tells what goes wrong', async () => {
    const bench = await tokensBench();
    const done = suggest(bench.editor, bench.document, [1]);
    await settled();
    await bench.engine.newest('tokens.suggest').fail(new Error('no'));
    await done;
    expect(bench.editor.notices.list).toHaveLength(1);
    expect(bench.document.tokenWork.asking).toBe(false);
  });

  it('asks nothing about cells outside the picture, or about none', async () => {
    const bench = await tokensBench({ x: 0, y: 0, width: 128, height: 100 });
    await suggest(bench.editor, bench.document, []);
    await suggest(bench.editor, bench.document, [255]);
    expect(countOf(bench, 'tokens.suggest')).toBe(0);
    expect(bench.document.tokenWork.asking).toBe(false);
  });
});

describe('suggestions', () => {
  it('are tried on in place, in their squares alone, without changing the document', async () => {
    const bench = await tokensBench();
    const { document } = bench;
    const before = document.current;
    await ask(bench, [17]);
    expect(seenAt(bench, 10, 10)).toBe(10);
    tryOn(document, 3);
    expect(seenAt(bench, 10, 10)).toBe(103);
    const shown = new ShownPicture().of(document);
    const mask = cellsMask(document.tokenWork.frameTokens!.tokens.frame, [17], before.canvas);
    const [was, is] = [before.picture, shown].map((raster) => readRect(raster, before.canvas));
    for (let i = 0; i < is!.length; i++) {
      const [x, y] = [(i >> 2) % 128, Math.floor((i >> 2) / 128)];
      const inside = x >= 8 && x < 16 && y >= 8 && y < 16;
      if (!inside && is![i] !== was![i]) throw new Error(`(${x}, ${y}) changed`);
    }
    expect(mask.rect).toEqual({ x: 8, y: 8, width: 8, height: 8 });
    tryOn(document, null);
    expect(new ShownPicture().of(document)).toBe(before.picture);
    expect(document.current).toBe(before);
  });

  it('go around the ends of their list', async () => {
    const bench = await tokensBench();
    const { document } = bench;
    await ask(bench, [17]);
    const tried = (step: 1 | -1): number | null => {
      stepSuggestion(document, step);
      return document.tokenWork.asked!.tried;
    };
    expect([tried(1), tried(1), tried(-1), tried(-1), tried(1)]).toEqual([0, 1, 0, 15, 0]);
    tryOn(document, null);
    expect(tried(-1)).toBe(15);
    tryOn(document, 16);
    expect(document.tokenWork.asked!.tried).toBe(15);
  });

  it('are taken as one undo step with their details, once', async () => {
    const bench = await tokensBench();
    const { editor, document } = bench;
    await ask(bench, [17]);
    tryOn(document, 2);
    const taken = takeSuggestion(editor, document);
    const twice = takeSuggestion(editor, document);
    expect(document.tokenWork.asked).not.toBeNull(); // in sight until it is painted
    await answerPaint(bench);
    await Promise.all([taken, twice]);
    expect(document.history.entries).toHaveLength(1);
    expect(document.history.entries[0]).toMatchObject({
      label: 'Take suggestion',
      details: [
        { kind: 'count', of: 'tokens', count: 1 },
        { kind: 'code', id: 102 },
        { kind: 'share', of: 'probability', share: 0.125 },
        { kind: 'cell', row: 1, column: 1 },
      ],
    });
    expect(document.current.tokens[0]!.grid.ids[17]).toBe(102);
    expect(document.current.tokens[0]!.provenance[17]).toEqual({ kind: 'painted' });
    expect(document.tokenWork.asked).toBeNull();
  });

  it('paint all of a group; where none is tried on the likeliest is taken', async () => {
    const bench = await tokensBench();
    await ask(bench, [17, 18]);
    const taken = takeSuggestion(bench.editor, bench.document);
    await answerPaint(bench);
    await taken;
    const [entry] = bench.document.history.entries;
    expect(entry!.details).toMatchObject([
      { of: 'tokens' },
      { kind: 'code', id: 100 },
      { of: 'probability' },
      { of: 'cells', count: 2 },
    ]);
  });

  it('go when the document changes under them', async () => {
    const bench = await tokensBench();
    const stop = followModel(bench.editor);
    await ask(bench, [17]);
    await settled();
    expect(bench.document.tokenWork.asked).not.toBeNull();
    select(bench.document, { x: 0, y: 0, width: 9, height: 9 });
    await settled();
    expect(bench.document.tokenWork.asked).toBeNull();
    stop();
  });

  it('have the keys while they are open', async () => {
    const bench = await tokensBench();
    const { editor, document, engine } = bench;
    const keyboard = createKeyboard(editor);
    await ask(bench, [17]);
    const press = (key: string): boolean => keyboard.down(input(key));
    expect(press('ArrowRight')).toBe(true);
    press('ArrowDown');
    expect(document.tokenWork.asked!.tried).toBe(1);
    press('ArrowLeft');
    expect(document.tokenWork.asked!.tried).toBe(0);
    press('Enter');
    await answerPaint(bench);
    await settled();
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Take suggestion']);
    await ask(bench, [17]);
    press('Escape');
    expect(document.tokenWork.asked).toBeNull();
    expect(press('ArrowRight')).toBe(false);
    expect(engine.asked.some(({ method }) => method === 'fill.run')).toBe(false);
  });

  it('stay open where the code that is taken is there already', async () => {
    const bench = await tokensBench();
    const { editor, document } = bench;
    await ask(bench, [17]);
    const { asked } = document.tokenWork;
    const there = { ...asked!.list[0]!, id: asked!.of.grid.ids[17]! };
    document.tokenWork.asked = { ...asked!, list: [there], tried: 0 };
    await takeSuggestion(editor, document);
    expect(document.tokenWork.asked).not.toBeNull();
    expect(document.history.entries).toEqual([]);
    expect(editor.notices.list).toMatchObject([{ message: 'That code is there already: try another one.' }]);
  });

  it('are closed with the question', async () => {
    const bench = await tokensBench();
    const done = suggest(bench.editor, bench.document, [1]);
    await settled();
    closeSuggestions(bench.document);
    await done;
    expect(bench.document.tokenWork).toMatchObject({ asking: false, asked: null });
    expect(bench.editor.notices.list).toEqual([]);
  });
});
