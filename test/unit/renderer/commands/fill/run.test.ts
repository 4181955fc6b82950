import { boundsOf } from '../../../../../core/raster/bounds.ts';
import { tintOf } from '../../../../../renderer/canvas/selection/shown.ts';
import { describe, expect, it } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import { cropCanvas } from '../../../../../core/document/canvas.ts';
import { readRect } from '../../../../../core/raster/flat.ts';
import { PRESETS } from '../../../../../core/sampling/presets.ts';
import { cancelFill, fill, fillAgain, repair } from '../../../../../renderer/commands/fill/run.ts';
import { sameBytes } from '../../support/bytes.ts';
import { createBench, openPicture, PACKAGE, select } from '../../support/editor.ts';
import { settled } from '../../support/fakeEngine.ts';
import { greyPatch, outcomeFor } from '../../support/outcome.ts';

const SPOT = { x: 40, y: 50, width: 30, height: 20 };

function benchWithSelection() {
  const bench = createBench();
  const document = openPicture(bench);
  select(document, SPOT);
  bench.editor.fillSettings.candidates = 2;
  return { ...bench, document };
}

/** Fills, and answers as the engine would. */
async function filled(bench: ReturnType<typeof benchWithSelection>, ask = fill) {
  const done = ask(bench.editor, bench.document);
  await settled();
  const asked = bench.engine.newest('fill.run');
  await asked.answer(outcomeFor(asked.params));
  await done;
  return asked.params;
}

describe('a repair', () => {
  it('sends its strength, which "fill again" keeps, and its details and record tell it', async () => {
    const bench = benchWithSelection();
    bench.editor.fillSettings.strength = 0.3;
    expect(await filled(bench, repair)).toMatchObject({ strength: 0.3 });
    const [candidate] = bench.document.fill.candidates;
    expect(candidate!.details).toContainEqual({ kind: 'share', of: 'strength', share: 0.3 });
    expect(candidate!.record).toMatchObject({ operation: 'repair', settings: { strength: 0.3 } });
    expect(await filled(bench, fillAgain)).toMatchObject({ strength: 0.3 });
    expect(await filled(bench)).not.toHaveProperty('strength');
  });
});

describe('a prompt', () => {
  it('leads a package that takes one, with its own guidance or the chosen one, and is remembered', async () => {
    const bench = benchWithSelection();
    const { editor, document } = bench;
    editor.fillSettings.prompt = ' brick wall ';
    expect(await filled(bench)).not.toHaveProperty('prompt'); // this package takes none
    editor.packages.update({ ...PACKAGE, prompt: { names: null, words: null, guidance: 5 } });
    const prompt = { text: 'brick wall', negative: '', guidance: 5 };
    expect((await filled(bench)).prompt).toEqual(prompt);
    expect(document.fill.candidates.at(-1)!.details).toContainEqual({ kind: 'prompt', ...prompt });
    expect(document.fill.candidates.at(-1)!.record.settings).toMatchObject({
      prompt: 'brick wall',
      guidance: 5,
    });
    editor.fillSettings.guidance = 2;
    editor.fillSettings.prompt = '';
    editor.fillSettings.negative = 'snow';
    expect((await filled(bench)).prompt).toEqual({ text: '', negative: 'snow', guidance: 2 });
    expect(editor.fillSettings.prompts).toEqual(['brick wall']);
  });
});

describe('a fill', () => {
  it('sends each frame with the part of the picture that it can see', async () => {
    const bench = benchWithSelection();
    const { document } = bench;
    const params = await filled(bench);
    expect(params.package).toBe('tessera-base');
    expect(params.candidates).toBe(2);
    expect(params.sampling.steps).toBe(PRESETS.balanced.steps);
    const [frame] = params.frames;
    expect(params.frames).toHaveLength(1);
    expect(frame!.plan.bounds).toEqual(SPOT);
    const { picture, selection } = document.current;
    expect(sameBytes(frame!.picture, readRect(picture, frame!.region))).toBe(true);
    expect(sameBytes(frame!.selection, readRect(selection, frame!.region))).toBe(true);
  });

  it('redraws as much around what is selected as is asked for, and shows the result without a tint', async () => {
    const bench = benchWithSelection();
    const { document, editor } = bench;
    editor.fillSettings.overlap = 6;
    const params = await filled(bench);
    const { x, y, width, height } = SPOT;
    expect(params.frames[0]!.plan.bounds).toEqual({
      x: x - 6,
      y: y - 6,
      width: width + 12,
      height: height + 12,
    });
    expect(boundsOf(document.current.selection)).toEqual(SPOT);
    expect(tintOf(document)).toBe('none');
  });

  it('leaves candidates that wait, the first of them shown, and changes nothing yet', async () => {
    const bench = benchWithSelection();
    const { document } = bench;
    const before = document.current;
    const params = await filled(bench);
    const { candidates, currentId, job, lastDuration } = document.fill;
    expect(candidates.map(({ number, seed }) => [number, seed])).toEqual([
      [1, params.seed],
      [2, params.seed],
    ]);
    expect(new Set(candidates.map(({ id }) => id)).size).toBe(2);
    expect(currentId).toBe(candidates[0]!.id);
    expect(job).toBeNull();
    expect(lastDuration).toBeGreaterThanOrEqual(0);
    expect(document.current).toBe(before);
  });

  it('tells its progress: steps, tokens and previews by candidate and frame', async () => {
    const { editor, engine, document } = benchWithSelection();
    const done = fill(editor, document);
    await settled();
    const asked = engine.newest('fill.run');
    expect(document.fill.job).toMatchObject({ done: 0, total: 8, candidates: 2, ids: [], frame: 0 });
    expect(document.fill.job?.previews).toEqual([[null], [null]]);

    const ids = [new Int32Array(4), new Int32Array(4)];
    asked.tell({ kind: 'step', frame: 0, done: 3, total: 8, ids });
    const patch = greyPatch(SPOT, 9);
    asked.tell({ kind: 'preview', frame: 0, candidate: 1, patch });
    expect(document.fill.job).toMatchObject({ done: 3, total: 8, ids, previews: [[null], [patch]] });

    const newer = greyPatch(SPOT, 10);
    asked.tell({ kind: 'preview', frame: 0, candidate: 1, patch: newer });
    expect(document.fill.job?.previews).toEqual([[null], [newer]]);
    await asked.answer(outcomeFor(asked.params));
    await done;
    expect(document.fill.job).toBeNull();
  });

  it('loads its package first, once', async () => {
    const bench = benchWithSelection();
    const { editor, engine, document } = bench;
    editor.packages.update({ ...PACKAGE, provider: '' });
    const done = fill(editor, document);
    await settled();
    expect(editor.packages.loading).toBe('tessera-base');
    await engine.newest('package.load').answer(PACKAGE);
    expect(editor.packages.loading).toBeNull();
    expect(editor.packages.byRef('tessera-base')?.provider).toBe('cpu');
    const asked = engine.newest('fill.run');
    await asked.answer(outcomeFor(asked.params));
    await done;
    await filled(bench);
    expect(engine.asked.map(({ method }) => method)).toEqual(['package.load', 'fill.run', 'fill.run']);
  });

  it('is made again with the same package here when its server was removed', async () => {
    const bench = benchWithSelection();
    const { editor, engine, document } = bench;
    const there = { ...PACKAGE, ref: 'tessera-base@there:1', server: 'there:1' };
    editor.packages.update(there);
    editor.fillSettings.package = there.ref;
    await filled(bench);
    expect(engine.newest('fill.run').params.package).toBe(there.ref);
    editor.packages.list = [PACKAGE];
    editor.fillSettings.package = PACKAGE.ref;
    const again = fillAgain(editor, document);
    await settled();
    const asked = engine.newest('fill.run');
    expect(asked.params.package).toBe(PACKAGE.ref);
    await asked.answer(outcomeFor(asked.params));
    await again;
  });

  it('stops at once, without a word, while it runs and while its package loads', async () => {
    const { editor, engine, document } = benchWithSelection();
    for (const provider of ['cpu', '']) {
      editor.packages.update({ ...PACKAGE, provider });
      const done = fill(editor, document);
      await settled();
      cancelFill(document);
      await done;
      expect(document.fill.job).toBeNull();
    }
    expect(engine.asked).toHaveLength(2);
    expect(document.fill.candidates).toEqual([]);
    expect(editor.packages.loading).toBeNull();
    expect(editor.notices.list).toEqual([]);
  });

  it('takes no notice of progress that comes after it was stopped', async () => {
    const { editor, engine, document } = benchWithSelection();
    const done = fill(editor, document);
    await settled();
    const asked = engine.newest('fill.run');
    cancelFill(document);
    asked.tell({ kind: 'step', frame: 0, done: 5, total: 8, ids: [] });
    expect(document.fill.job?.done).toBe(0);
    await done;
    asked.tell({ kind: 'step', frame: 0, done: 6, total: 8, ids: [] });
    expect(document.fill.job).toBeNull();
  });

  it('that fails says why, and the next one works', async () => {
    const bench = benchWithSelection();
    const { editor, engine, document } = bench;
    const before = document.current;
    const done = fill(editor, document);
    await settled();
    await engine.newest('fill.run').fail(new TesseraError('internal', 'The engine stopped.', 'Fill again.'));
    await done;
    expect(editor.notices.list).toMatchObject([
      { kind: 'error', message: 'The engine stopped.', hint: 'Fill again.' },
    ]);
    expect(document.current).toBe(before);
    expect(document.fill.job).toBeNull();
    await filled(bench);
    expect(document.fill.candidates).toHaveLength(2);
  });

  it('waits for the one under way, with the selection it was asked for', async () => {
    const { editor, engine, document } = benchWithSelection();
    const first = fill(editor, document);
    await settled();
    select(document, { x: 0, y: 0, width: 300, height: 200 }, 0);
    select(document, { x: 200, y: 100, width: 10, height: 10 });
    await fill(editor, document);
    expect(document.fill.queued).toHaveLength(1);
    expect(editor.notices.list).toMatchObject([{ kind: 'done' }]);
    select(document, { x: 0, y: 0, width: 300, height: 200 });

    const asked = engine.newest('fill.run');
    await asked.answer(outcomeFor(asked.params));
    const next = engine.newest('fill.run');
    expect(next.params.frames[0]!.plan.bounds).toEqual({ x: 200, y: 100, width: 10, height: 10 });
    expect(document.fill.queued).toEqual([]);
    await next.answer(outcomeFor(next.params));
    await first;
    expect(document.fill.candidates).toHaveLength(4);
    expect(new Set(document.fill.candidates.map(({ set }) => set)).size).toBe(2);
  });

  it('goes on to the waiting one after a failure, and to none after a stop', async () => {
    const { editor, engine, document } = benchWithSelection();
    const first = fill(editor, document);
    await settled();
    await fill(editor, document);
    await engine.newest('fill.run').fail(new TesseraError('internal', 'Lost.'));
    expect(engine.asked).toHaveLength(2);
    await fill(editor, document);
    cancelFill(document);
    await first;
    expect(engine.asked).toHaveLength(2);
    expect(document.fill.queued).toEqual([]);
  });

  it('is given up when its document is closed', async () => {
    const { editor, document } = benchWithSelection();
    const done = fill(editor, document);
    await settled();
    editor.close(document);
    await done;
    expect(document.fill.candidates).toEqual([]);
    expect(editor.notices.list).toEqual([]);
  });
});

describe('what cannot be filled is told in a sentence', () => {
  it.each([
    ['nothing is selected', 'Nothing is selected.'],
    ['the selection lies outside the frame', 'The selection lies outside the frame.'],
    ['no package', 'No model package is installed.'],
    ['another package', 'The model package “other” is not installed.'],
    ['a tiny picture', 'The picture is 9 x 9 px, too small to work on.'],
  ])('%s', async (what, message) => {
    const bench = createBench();
    const { editor, engine } = bench;
    const canvas = { x: 0, y: 0, width: 300, height: 200 };
    const document = openPicture(
      bench,
      what === 'a tiny picture' ? { ...canvas, width: 9, height: 9 } : canvas,
    );
    if (what !== 'nothing is selected') select(document, { x: 2, y: 2, width: 4, height: 4 });
    if (what === 'no package') editor.packages.list = [];
    if (what === 'another package') editor.fillSettings.package = 'other';
    if (what === 'the selection lies outside the frame') {
      const frame = { rect: { x: 150, y: 50, width: 128, height: 128 }, scale: 1, columns: 16, rows: 16 };
      document.commit('Frame', { frame: { before: null, after: frame } });
    }
    await expect(fill(editor, document)).rejects.toMatchObject({ message });
    expect(engine.asked).toEqual([]);
    expect(document.fill.job).toBeNull();
  });
});

describe('seeds', () => {
  it('are new for every fill, and shown', async () => {
    const bench = benchWithSelection();
    const { fillSettings } = bench.editor;
    const seeds = new Set<number>();
    for (let i = 0; i < 4; i++) {
      const { seed } = await filled(bench);
      expect(fillSettings.seed).toBe(seed);
      seeds.add(seed);
    }
    expect(seeds.size).toBe(4);
  });

  it('stay where they are locked', async () => {
    const bench = benchWithSelection();
    bench.editor.fillSettings.seed = 7;
    bench.editor.fillSettings.seedLocked = true;
    expect((await filled(bench)).seed).toBe(7);
    expect((await filled(bench)).seed).toBe(7);
    expect((await filled(bench, fillAgain)).seed).toBe(8);
  });
});

describe('filling again', () => {
  it('repeats selection and settings with another seed, and adds to the strip', async () => {
    const bench = benchWithSelection();
    const { editor, document } = bench;
    const first = await filled(bench);
    select(document, { x: 0, y: 0, width: 300, height: 200 }, 0);
    editor.fillSettings.preset = 'draft';
    const again = await filled(bench, fillAgain);
    expect(again.seed).not.toBe(first.seed);
    expect(again.sampling).toEqual(first.sampling);
    expect(again.frames.map(({ plan }) => plan)).toEqual(first.frames.map(({ plan }) => plan));
    expect(sameBytes(again.frames[0]!.selection, first.frames[0]!.selection)).toBe(true);
    expect(document.fill.candidates).toHaveLength(4);
    expect(document.fill.current?.seed).toBe(again.seed);
  });

  it('finds new frames on a picture that was cropped, and says when nothing of the selection is left', async () => {
    const bench = benchWithSelection();
    const { editor, document } = bench;
    await filled(bench);
    document.commit('Crop', cropCanvas(document.current, { x: 50, y: 40, width: 200, height: 100 }));
    const again = await filled(bench, fillAgain);
    expect(again.frames[0]!.plan.bounds).toEqual({ x: 50, y: 50, width: 20, height: 20 });
    document.commit('Crop', cropCanvas(document.current, { x: 100, y: 40, width: 150, height: 100 }));
    await fillAgain(editor, document);
    expect(editor.notices.list).toMatchObject([
      { message: 'What this fill was for is not in the picture any more.' },
    ]);
  });
});

describe('a chosen frame that reaches out of the picture', () => {
  const frame = { rect: { x: 200, y: -28, width: 128, height: 128 }, scale: 1, columns: 16, rows: 16 };

  it('makes the picture larger first, as a step of its own, and fills what is new', async () => {
    const bench = createBench();
    const document = openPicture(bench);
    bench.editor.fillSettings.candidates = 1;
    document.commit('Frame', { frame: { before: null, after: frame } });
    const params = await filled({ ...bench, document });
    expect(document.current.canvas).toEqual({ x: 0, y: -28, width: 328, height: 228 });
    expect(document.history.entries.map(({ label }) => label)).toEqual(['Frame', 'Extend']);
    expect(params.frames).toHaveLength(1);
    expect(params.frames[0]!.plan).toEqual({ frame, bounds: frame.rect });
    expect(document.fill.candidates[0]!.record).toMatchObject({ operation: 'outpaint' });
    document.undo();
    expect(document.current.canvas).toEqual({ x: 0, y: 0, width: 300, height: 200 });
  });
});
