import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Likelihoods } from '../../../../../../core/sampling/likelihoods.ts';
import { readRect } from '../../../../../../core/raster/flat.ts';
import { setEdit } from '../../../../../../core/tokens/edit.ts';
import { repairLeastLikely } from '../../../../../../renderer/commands/fill/repairLeastLikely.ts';
import { run } from '../../../../../../renderer/commands/registry.ts';
import { holeCells } from '../../../../../../renderer/commands/tokens/cells/hole.ts';
import { pinCells } from '../../../../../../renderer/commands/tokens/cells/cells.ts';
import {
  hideHeat,
  measure,
  selectLeastLikely,
} from '../../../../../../renderer/commands/tokens/model/heat.ts';
import { leastLikelyIn } from '../../../../../../renderer/commands/tokens/model/maps.ts';
import { followModel } from '../../../../../../renderer/commands/tokens/model/follow.svelte.ts';
import { paintOnce } from '../../../../../../renderer/commands/tokens/paint/paint.ts';
import { readyTokens } from '../../../../../../renderer/commands/tokens/view/frameTokens.ts';
import { select } from '../../../support/editor.ts';
import { settled } from '../../../support/fakeEngine.ts';
import { outcomeFor } from '../../../support/outcome.ts';
import { answerEncode, answerPaint, countOf, tokensBench, type TokensBench } from '../tokenEngine.ts';

/** Probabilities that rise from cell to cell; the last is the surest. */
function likelihoods(count: number): Likelihoods {
  return {
    probabilities: Float32Array.from({ length: count }, (_, cell) => cell / count),
    entropies: Float32Array.from({ length: count }, (_, cell) => (10 * cell) / count),
  };
}

async function answerMeasure({ engine }: TokensBench): Promise<void> {
  await settled();
  const asked = engine.newest('tokens.measure');
  await asked.answer(likelihoods(asked.params.grid.ids.length));
}

describe('measuring', () => {
  it('shows confidence and entropy of one question, with the ends of their scales', async () => {
    const bench = await tokensBench();
    const { editor, document, engine } = bench;
    const { tokenWork } = document;
    const done = measure(editor, document, 'confidence');
    await settled();
    const asked = engine.newest('tokens.measure');
    expect(asked.params).toEqual({ package: 'tessera-base', grid: tokenWork.frameTokens!.tokens.grid });
    expect(tokenWork.measuring).toMatchObject({ kind: 'confidence', done: 0 });
    asked.tell({ done: 4 / 9 });
    expect(tokenWork.measuring!.done).toBe(4 / 9);
    await answerMeasure(bench);
    await done;
    expect(tokenWork.measuring).toBeNull();
    expect(tokenWork.heat).toMatchObject({ kind: 'confidence', least: 0, most: 1 });
    expect(tokenWork.heat!.of).toBe(tokenWork.frameTokens!.tokens);
    await measure(editor, document, 'entropy');
    expect(tokenWork.heat).toMatchObject({ kind: 'entropy', least: 0, most: 10 }); // of 1024 codes
    expect(tokenWork.heat!.values[128]).toBe(5);
    expect(countOf(bench, 'tokens.measure')).toBe(1);
  });

  it('follows the prompt of a package that takes one, and asks anew for another', async () => {
    const bench = await tokensBench();
    const { editor, document, engine } = bench;
    const info = editor.packages.byRef('tessera-base')!;
    editor.packages.update({ ...info, prompt: { names: null, words: null, guidance: 5 } });
    for (const [text, prompt] of [
      ['brick wall', { text: 'brick wall', negative: '', guidance: 5 }],
      ['snow', { text: 'snow', negative: '', guidance: 5 }],
      ['', undefined],
    ] as const) {
      editor.fillSettings.prompt = text;
      const done = measure(editor, document, 'confidence');
      await settled();
      expect(engine.newest('tokens.measure').params.prompt).toEqual(prompt);
      await answerMeasure(bench);
      await done;
    }
    expect(countOf(bench, 'tokens.measure')).toBe(3);
  });

  it('takes errors from the frame tokens', async () => {
    const bench = await tokensBench();
    await measure(bench.editor, bench.document, 'error');
    const { heat, frameTokens } = bench.document.tokenWork;
    expect(heat).toMatchObject({ kind: 'error', least: 0, most: 32 });
    expect(heat!.values).toBe(frameTokens!.errors);
    expect(countOf(bench, 'tokens.measure')).toBe(0);
  });

  it('is given up without a word, by its own cancel, by Escape, and by the next one', async () => {
    const bench = await tokensBench();
    const { editor, document } = bench;
    const { tokenWork } = document;
    const first = measure(editor, document, 'confidence');
    await settled();
    tokenWork.measuring!.cancel();
    await first;
    const second = measure(editor, document, 'confidence');
    await settled();
    await run(editor, 'edit.cancel');
    await second;
    expect([tokenWork.measuring, tokenWork.heat]).toEqual([null, null]);
    const third = measure(editor, document, 'confidence');
    await settled();
    const fourth = measure(editor, document, 'entropy');
    await third;
    expect(tokenWork.measuring!.kind).toBe('entropy');
    await answerMeasure(bench);
    await fourth;
    expect(tokenWork.heat!.kind).toBe('entropy');
    expect(editor.notices.list).toEqual([]);
    hideHeat(document);
    expect(tokenWork.heat).toBeNull();
  });

  it('tells what goes wrong', async () => {
    const bench = await tokensBench();
    const done = measure(bench.editor, bench.document, 'confidence');
    await settled();
    await bench.engine.newest('tokens.measure').fail(new Error('no'));
    await done;
    expect(bench.editor.notices.list).toHaveLength(1);
    expect(bench.document.tokenWork.measuring).toBeNull();
  });
});

describe('a heat map', () => {
  async function heatBench(): Promise<TokensBench> {
    const bench = await tokensBench();
    const done = measure(bench.editor, bench.document, 'confidence');
    await answerMeasure(bench);
    await done;
    return bench;
  }

  it('tells what it was measured on when tokens are painted, and is right again when that is undone', async () => {
    const bench = await heatBench();
    const { editor, document } = bench;
    const { tokenWork } = document;
    const stop = followModel(editor);
    const before = tokenWork.frameTokens!.tokens;
    const painted = paintOnce(editor, document, 'Token brush', setEdit([1], 77));
    await answerPaint(bench);
    await painted;
    await readyTokens(editor, document);
    await settled();
    expect(tokenWork.heat!.of).toBe(before);
    expect(tokenWork.frameTokens!.tokens).not.toBe(before);
    document.undo();
    await readyTokens(editor, document);
    await settled();
    expect(tokenWork.heat!.of).toBe(tokenWork.frameTokens!.tokens);
    stop();
  });

  it('stays right when tokens are only pinned', async () => {
    const bench = await heatBench();
    const stop = followModel(bench.editor);
    pinCells(bench.document, [3], true);
    await readyTokens(bench.editor, bench.document);
    await settled();
    const { heat, frameTokens } = bench.document.tokenWork;
    expect(frameTokens!.tokens.pins).toEqual([3]);
    expect(heat!.of).toBe(frameTokens!.tokens);
    await measure(bench.editor, bench.document, 'entropy');
    expect(countOf(bench, 'tokens.measure')).toBe(1);
    stop();
  });

  it('goes with its frame', async () => {
    const bench = await heatBench();
    const { editor, document } = bench;
    const stop = followModel(editor);
    const rect = { x: 0, y: 0, width: 64, height: 64 };
    const frame = { rect, scale: 1, columns: 8, rows: 8 };
    document.commit('Frame', { frame: { before: null, after: frame } });
    const ready = readyTokens(editor, document);
    await answerEncode(bench);
    await ready;
    await settled();
    expect(document.tokenWork.heat).toBeNull();
    stop();
  });
});

describe('selecting the least likely', () => {
  it('measures first, and makes squares of the frame the hole, as one step', async () => {
    const bench = await tokensBench();
    const { editor, document } = bench;
    editor.tokenTools.leastLikely = 2;
    select(document, { x: 100, y: 100, width: 9, height: 9 });
    const done = selectLeastLikely(editor, document);
    await answerMeasure(bench);
    await done;
    expect([...holeCells(document)]).toEqual([0, 1, 2, 3, 4]); // of 256
    const { selection } = document.current;
    const row = readRect(selection, { x: 0, y: 7, width: 128, height: 1 });
    expect([...row].map((value, x) => value === (x < 40 ? 255 : 0))).not.toContain(false);
    expect(readRect(selection, { x: 104, y: 104, width: 1, height: 1 })[0]).toBe(0);
    expect(document.current.frame).toEqual(document.tokenWork.frameTokens!.tokens.frame);
    expect(document.history.entries.at(-1)).toMatchObject({
      label: 'Select least likely tokens',
      details: [
        { kind: 'count', of: 'tokens', count: 5 },
        { kind: 'share', of: 'share', share: 0.02 },
        { kind: 'share', of: 'confidence', share: expect.closeTo(0.016, 3) as number },
      ],
    });
    document.undo();
    expect(document.history.position).toBe(1);
    expect(readRect(document.current.selection, { x: 104, y: 104, width: 1, height: 1 })[0]).toBe(255);
    expect(document.current.frame).toBeNull();
    expect(document.tokenWork.heat).toBeNull(); // nobody asked to see it
  });

  it('is repaired with one command', async () => {
    const bench = await tokensBench();
    const { editor, document, engine } = bench;
    await readyTokens(editor, document);
    const done = repairLeastLikely(editor, document);
    await answerMeasure(bench);
    await settled();
    const asked = engine.newest('fill.run');
    expect(asked.params.strength).toBe(editor.fillSettings.strength);
    await asked.answer(outcomeFor(asked.params));
    await done;
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Select least likely tokens']);
    expect(document.fill.candidates.length).toBeGreaterThan(0);
  });

  it('says so where every token is pinned', async () => {
    const bench = await tokensBench();
    const { editor, document } = bench;
    pinCells(document, [...Array(256).keys()], true);
    await readyTokens(editor, document);
    const done = selectLeastLikely(editor, document);
    await answerMeasure(bench);
    await done;
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Pin tokens']);
    expect(editor.notices.list).toMatchObject([{ message: 'Every token is pinned.' }]);
  });

  it('takes the measured share of what can be drawn anew, the least likely of it', () => {
    const frame = { rect: { x: 0, y: 0, width: 32, height: 32 }, scale: 1, columns: 4, rows: 4 };
    const canvas = { x: 0, y: 0, width: 32, height: 20 }; // the last row of cells lies outside
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 16, maxLength: 16 }),
        fc.uniqueArray(fc.nat(15), { maxLength: 11 }),
        fc.float({ min: Math.fround(0.01), max: 1, noNaN: true }),
        (values, pins, share) => {
          const probabilities = Float32Array.from(values);
          const { cells, most } = leastLikelyIn({ frame, pins }, probabilities, share, canvas);
          const free = [...Array(12).keys()].filter((cell) => !pins.includes(cell));
          expect(cells).toHaveLength(Math.max(1, Math.round(share * free.length)));
          expect(cells.every((cell) => free.includes(cell) && probabilities[cell]! <= most)).toBe(true);
          expect(cells).toEqual([...cells].sort((a, b) => a - b));
          for (const cell of free)
            if (!cells.includes(cell)) expect(probabilities[cell]).toBeGreaterThanOrEqual(most);
        },
      ),
    );
  });

  it('does nothing where all is pinned', () => {
    const frame = { rect: { x: 0, y: 0, width: 16, height: 8 }, scale: 1, columns: 2, rows: 1 };
    const canvas = { x: 0, y: 0, width: 16, height: 8 };
    expect(leastLikelyIn({ frame, pins: [0, 1] }, new Float32Array(2), 0.5, canvas)).toEqual({
      cells: [],
      most: 0,
    });
  });
});
