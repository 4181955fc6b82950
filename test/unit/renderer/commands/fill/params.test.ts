import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameTokens } from '../../../../../core/document/document.ts';
import { setEdit } from '../../../../../core/tokens/edit.ts';
import { MASK } from '../../../../../core/tokens/grid.ts';
import type { Provenance } from '../../../../../core/tokens/provenance.ts';
import { fillRecordSchema } from '../../../../../core/fill/record.ts';
import { accept } from '../../../../../renderer/commands/fill/accept.ts';
import { hintsIn } from '../../../../../renderer/commands/fill/params.ts';
import { cancelFill, fill, fillAgain } from '../../../../../renderer/commands/fill/run.ts';
import { paintOnce } from '../../../../../renderer/commands/tokens/paint/paint.ts';
import { readyTokens } from '../../../../../renderer/commands/tokens/view/frameTokens.ts';
import { writeRect } from '../../../../../core/raster/write.ts';
import { PACKAGE, select } from '../../support/editor.ts';
import { settled } from '../../support/fakeEngine.ts';
import { greyPatch, outcomeFor } from '../../support/outcome.ts';
import { openBench, QuickEngine, type TokensBench } from '../tokens/tokenEngine.ts';
import { Editor } from '../../../../../renderer/state/editor.svelte.ts';

/** A bench whose engine paints at once; fills wait for the test. */
function paintBench(): TokensBench {
  const { document, main } = openBench();
  const engine = new QuickEngine();
  const editor = new Editor(engine, main);
  editor.packages.update(PACKAGE);
  editor.fillSettings.candidates = 1;
  editor.open(document);
  return { editor, engine, main, document };
}

/** Cells 0, 1, 2 of the frame (16 x 16 tokens of 8 px): the hole that outcomeFor answers with. */
const HOLE = { x: 0, y: 0, width: 24, height: 8 };

async function paint({ editor, document }: TokensBench, cells: number[], id = 77): Promise<void> {
  await paintOnce(editor, document, 'Token brush', setEdit(cells, id));
  await readyTokens(editor, document);
}

async function filled(bench: TokensBench, ask = fill) {
  const done = ask(bench.editor, bench.document);
  await settled();
  const asked = bench.engine.newest('fill.run');
  await asked.answer(outcomeFor(asked.params));
  await done;
  return asked.params.frames[0]!;
}

function tokens({ document }: TokensBench): FrameTokens {
  return document.current.tokens.at(-1)!;
}

function kinds(bench: TokensBench, cells: readonly number[]): string[] {
  return cells.map((cell) => tokens(bench).provenance[cell]!.kind);
}

describe('a fill of a frame whose tokens were painted', () => {
  it('is told them, and those in the hole as pins', async () => {
    const bench = paintBench();
    select(bench.document, HOLE);
    await paint(bench, [1, 100]);
    const frame = await filled(bench);
    expect(frame.plan.frame).toEqual(tokens(bench).frame);
    expect(frame.tokens).toEqual({ cells: [1, 100], ids: [77, 77], pins: [1] });
  });

  it('is told nothing where nobody painted, nor where another fill was before', async () => {
    const bench = paintBench();
    select(bench.document, HOLE);
    const first = await filled(bench);
    expect(Object.keys(first).sort()).toEqual(['picture', 'plan', 'region', 'selection']);
    accept(bench.document, bench.document.fill.current!);
    select(bench.document, { ...HOLE, y: 80 });
    expect(await filled(bench)).not.toHaveProperty('tokens');
  });

  it('is not told what the picture has lost since', async () => {
    const bench = paintBench();
    await paint(bench, [100, 101]);
    const { document } = bench;
    const { rect, data } = greyPatch({ x: 36, y: 50, width: 2, height: 2 }, 1); // in cell 100
    document.commit('Brush', { picture: writeRect(document.current.picture, rect, data) });
    select(document, HOLE);
    expect((await filled(bench)).tokens).toEqual({ cells: [101], ids: [77], pins: [] });
  });

  it('says how many tokens were pinned', async () => {
    const bench = paintBench();
    select(bench.document, HOLE);
    await paint(bench, [1]);
    await filled(bench);
    const { details, record } = bench.document.fill.current!;
    expect(details).toContainEqual({ kind: 'count', of: 'tokens', count: 3 });
    expect(details).toContainEqual({ kind: 'count', of: 'pinned', count: 1 });
    expect(fillRecordSchema.parse(record)).toEqual(record);
    expect(record).toMatchObject({ hole: { tokens: 3, pinned: 1 } });
  });

  it('leaves one set of tokens when it is accepted: pins are done, all that was painted stays', async () => {
    const bench = paintBench();
    const { document } = bench;
    select(document, HOLE);
    await paint(bench, [1, 100]);
    await filled(bench);
    accept(document, document.fill.current!);
    expect(document.current.tokens).toHaveLength(1);
    expect(tokens(bench).pins).toEqual([]);
    expect(kinds(bench, [0, 1, 2, 3, 100])).toEqual(['filled', 'pinned', 'filled', 'encoded', 'painted']);
    expect(tokens(bench).grid.ids[100]).toBe(77);
    document.undo();
    expect(tokens(bench).pins).toEqual([1]);
  });

  it('keeps what was painted while the candidate waited', async () => {
    const bench = paintBench();
    const { document } = bench;
    select(document, HOLE);
    await paint(bench, [100]);
    await filled(bench);
    await paint(bench, [101], 78);
    accept(document, document.fill.current!);
    expect([...tokens(bench).grid.ids.slice(100, 102)]).toEqual([77, 78]);
    expect(kinds(bench, [100, 101])).toEqual(['painted', 'painted']);
  });

  it('does not know tokens whose pixels changed while the candidate waited', async () => {
    const bench = paintBench();
    const { document } = bench;
    select(document, HOLE);
    await filled(bench);
    const { rect, data } = greyPatch({ x: 36, y: 50, width: 2, height: 2 }, 1);
    document.commit('Brush', { picture: writeRect(document.current.picture, rect, data) });
    accept(document, document.fill.current!);
    const missing = [...tokens(bench).grid.ids.keys()].filter(
      (cell) => tokens(bench).grid.ids[cell] === MASK,
    );
    expect(missing).toEqual([100]);
    expect(kinds(bench, [100, 99])).toEqual(['missing', 'encoded']);
  });
});

describe('filling again', () => {
  it('keeps the pins, also when they were accepted, and takes those that are new', async () => {
    const bench = paintBench();
    const { document } = bench;
    select(document, HOLE);
    await paint(bench, [1]);
    await filled(bench);
    accept(document, document.fill.current!);
    select(document, HOLE);
    await paint(bench, [2], 78);
    expect((await filled(bench, fillAgain)).tokens).toMatchObject({ pins: [1, 2] });
    accept(document, document.fill.current!);
    expect((await filled(bench, fillAgain)).tokens).toMatchObject({ pins: [1, 2] });
  });

  it('of an area that is selected anew keeps none', async () => {
    const bench = paintBench();
    const { document } = bench;
    select(document, HOLE);
    await paint(bench, [1, 100]);
    await filled(bench);
    accept(document, document.fill.current!);
    select(document, HOLE);
    expect((await filled(bench)).tokens).toEqual({ cells: [100], ids: [77], pins: [] });
  });

  it('in the queue takes the hints that there are when its turn comes', async () => {
    const bench = paintBench();
    const { editor, document, engine } = bench;
    select(document, HOLE);
    await paint(bench, [1]);
    const first = fill(editor, document);
    await settled();
    const second = fillAgain(editor, document);
    await paint(bench, [2], 78);
    const asked = engine.newest('fill.run');
    await asked.answer(outcomeFor(asked.params));
    await settled();
    expect(engine.newest('fill.run').params.frames[0]!.tokens).toMatchObject({ ids: [77, 78], pins: [1, 2] });
    cancelFill(document);
    await Promise.all([first, second]);
  });
});

describe('what a fill is told of tokens', () => {
  const kind = fc.constantFrom<Provenance>(
    { kind: 'missing' },
    { kind: 'encoded' },
    { kind: 'painted' },
    { kind: 'pinned' },
    { kind: 'filled', step: 1, probability: 0.5 },
  );

  it('is what the pixels tell less well: by hand or filled outside the hole, pinned anywhere', () => {
    fc.assert(
      fc.property(
        fc.array(kind, { minLength: 9, maxLength: 9 }),
        fc.uniqueArray(fc.nat(8)),
        fc.uniqueArray(fc.nat(8)),
        fc.uniqueArray(fc.nat(8)),
        (provenance, holeCells, pins, previousPins) => {
          const ids = Int32Array.from(provenance, ({ kind }, cell) => (kind === 'missing' ? MASK : cell));
          const hole = new Set(holeCells);
          const frame = { rect: { x: 0, y: 0, width: 24, height: 24 }, scale: 1, columns: 3, rows: 3 };
          const known = { package: PACKAGE, frame, grid: { width: 3, height: 3, ids }, pins, provenance };
          const told = hintsIn(known, hole, previousPins);
          const isPin = (cell: number): boolean =>
            pins.includes(cell) || (previousPins.includes(cell) && provenance[cell]!.kind === 'pinned');
          const isKind = (cell: number, ...kinds: string[]): boolean =>
            !hole.has(cell) && kinds.includes(provenance[cell]!.kind);
          const there = [...ids.keys()].filter((cell) => ids[cell] !== MASK);
          if (!there.some((cell) => isPin(cell) || isKind(cell, 'painted', 'pinned'))) {
            expect(told).toBeNull();
            return;
          }
          expect(told!.cells).toEqual(
            there.filter((cell) => isPin(cell) || isKind(cell, 'painted', 'pinned', 'filled')),
          );
          expect(told!.ids).toEqual(told!.cells.map((cell) => ids[cell]));
          expect(told!.pins).toEqual(told!.cells.filter((cell) => hole.has(cell)));
        },
      ),
    );
  });
});
