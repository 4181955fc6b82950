import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameToFill } from '../../../../../../core/fill/params.ts';
import type { TokensToCompose } from '../../../../../../core/fill/composeTokens.ts';
import { readRect } from '../../../../../../core/raster/flat.ts';
import { createRng } from '../../../../../../core/base/rng.ts';
import { MASK } from '../../../../../../core/tokens/grid.ts';
import { fillRecordSchema } from '../../../../../../core/fill/record.ts';
import { ShownPicture } from '../../../../../../renderer/canvas/picture/shownPicture.ts';
import { fill } from '../../../../../../renderer/commands/fill/run.ts';
import { run } from '../../../../../../renderer/commands/registry.ts';
import { branch } from '../../../../../../renderer/commands/tokens/candidates/branch.ts';
import {
  compareNext,
  compareWith,
  differingCells,
} from '../../../../../../renderer/commands/tokens/candidates/compare.ts';
import { leaveScrub, scrubBy, scrubTo } from '../../../../../../renderer/commands/tokens/candidates/scrub.ts';
import { mixCells } from '../../../../../../renderer/commands/tokens/candidates/mix.ts';
import { followModel } from '../../../../../../renderer/commands/tokens/model/follow.svelte.ts';
import type { WaitingCandidate } from '../../../../../../renderer/state/fillSession.svelte.ts';
import { sameBytes } from '../../../support/bytes.ts';
import { createBench, openPicture, select } from '../../../support/editor.ts';
import { settled } from '../../../support/fakeEngine.ts';
import { ENCODED_ID, greyPatch, outcomeFor } from '../../../support/outcome.ts';

const SPOT = { x: 40, y: 50, width: 30, height: 20 };
const FAR = { x: 1500, y: 50, width: 30, height: 20 };

function openBench(canvas = { x: 0, y: 0, width: 300, height: 200 }) {
  const bench = createBench();
  return { ...bench, document: openPicture(bench, canvas) };
}

type Bench = ReturnType<typeof openBench>;

/** A bench where as many candidates wait; candidate i's tokens are all i. */
async function filledBench(count = 3, spots = [SPOT]): Promise<Bench> {
  const bench = openBench(
    spots.length > 1 ? { x: 0, y: 0, width: 1600, height: 200 } : { x: 0, y: 0, width: 300, height: 200 },
  );
  bench.editor.fillSettings.candidates = count;
  for (const spot of spots) select(bench.document, spot);
  const done = fill(bench.editor, bench.document);
  await answerFill(bench);
  await done;
  return bench;
}

async function answerFill({ engine }: Bench) {
  await settled();
  const asked = engine.newest('fill.run');
  await asked.answer(outcomeFor(asked.params));
  return asked.params;
}

function asksToCompose({ engine }: Bench): TokensToCompose[] {
  return engine.asked
    .filter(({ method }) => method === 'fill.compose')
    .map(({ params }) => params as TokensToCompose);
}

/** Answers the newest question in a grey of its own. */
async function answerCompose({ engine }: Bench, grey = 50): Promise<TokensToCompose> {
  await settled();
  const asked = engine.newest('fill.compose');
  await asked.answer(greyPatch(asked.params.frame.plan.bounds, grey));
  await settled();
  return asked.params;
}

function shown({ document }: Bench): WaitingCandidate {
  return document.fill.current!;
}

function seen({ document }: Bench, x = 45, y = 55): number {
  return readRect(new ShownPicture().of(document), { x, y, width: 1, height: 1 })[0]!;
}

/** Whether a frame is sent as it was before; quicker than a matcher. */
function expectSame(frame: FrameToFill, before: FrameToFill): void {
  expect([frame.plan, frame.region]).toEqual([before.plan, before.region]);
  expect(sameBytes(frame.picture, before.picture)).toBe(true);
  expect(sameBytes(frame.selection, before.selection)).toBe(true);
}

function show({ document }: Bench, index: number): void {
  document.fill.currentId = document.fill.candidates[index]!.id;
}

describe('comparing', () => {
  it('finds the cells in which two candidates of a fill differ', async () => {
    const bench = await filledBench();
    const { document } = bench;
    const [first, second] = document.fill.candidates;
    expect([...differingCells(document)]).toEqual([]);
    compareWith(document, second!.id);
    expect(differingCells(document)).toHaveLength(first!.frames[0]!.grid.ids.length);
    compareWith(document, first!.id); // itself
    expect([...differingCells(document)]).toEqual([]);
    compareWith(document, 999);
    expect(document.tokenWork.other).toBeNull();
  });

  it('goes on to the next one, and after the last to none; others’ fills are left out', async () => {
    const bench = await filledBench();
    const { document } = bench;
    const done = fill(bench.editor, document);
    await answerFill(bench);
    await done;
    show(bench, 1);
    const [first, , third] = document.fill.candidates;
    const others = [1, 2, 3].map(() => {
      compareNext(document);
      return document.tokenWork.other;
    });
    expect(others).toEqual([first!.id, third!.id, null]);
  });

  it('ends when the other is gone, and lasts while it is the one that is shown', async () => {
    const bench = await filledBench();
    const { document } = bench;
    const stop = followModel(bench.editor);
    const { id } = document.fill.candidates[1]!;
    compareWith(document, id);
    show(bench, 1);
    await settled();
    expect(document.tokenWork.other).toBe(id);
    show(bench, 0);
    document.fill.remove((candidate) => candidate.id === id);
    await settled();
    expect(document.tokenWork.other).toBeNull();
    stop();
  });
});

describe('mixing', () => {
  it('makes a further candidate beside the one that is shown, with the tokens and the provenance of the other', async () => {
    const bench = await filledBench();
    const { document, editor } = bench;
    const [first, second] = document.fill.candidates;
    compareWith(document, second!.id);
    const done = mixCells(editor, document, [1, 2, 7]);
    expect(document.fill.candidates.map(({ name }) => name)).toEqual(['1', 'Mix', '2', '3']);
    const asked = await answerCompose(bench);
    await done;
    const mix = shown(bench);
    expect(mix).toMatchObject({ name: 'Mix', set: first!.set });
    expect([...mix.frames[0]!.grid.ids.slice(0, 4)]).toEqual([0, 1, 1, 0]);
    expect(mix.frames[0]!.grid.ids[7]).toBe(0); // not in the hole
    expect(mix.frames[0]!.provenance[1]).toBe(second!.frames[0]!.provenance[1]);
    expect(mix.details.at(-1)).toEqual({ kind: 'mix', tokens: 2, others: ['2'], base: '1' });
    expect(fillRecordSchema.parse(mix.record).settings).toEqual({ mixed: 2 });
    expect(mix.patches[0]!.data[0]).toBe(50);
    expect(seen(bench)).toBe(50);
    expect(first!.frames[0]!.grid.ids[1]).toBe(0);
    expect(asked).toMatchObject({ package: 'tessera-base', hole: [0, 1, 2], feather: 0, detail: 1 });
    expect(asked.known[0]).toBe(ENCODED_ID);
    expect([...asked.ids]).toEqual([...mix.frames[0]!.grid.ids]);
  });

  it('lays it into the picture that the fill saw, whatever was painted since', async () => {
    const bench = await filledBench();
    const { document, editor, engine } = bench;
    const sent = engine.newest('fill.run').params.frames[0]!;
    const picture = {
      changes: [...document.current.picture.tiles].map(([key, before]) => ({ key, before, after: null })),
    };
    document.commit('Wipe', { picture });
    compareWith(document, document.fill.candidates[1]!.id);
    void mixCells(editor, document, [0]);
    const { frame } = await answerCompose(bench);
    expectSame(frame, sent);
  });

  it('changes the same one with later dabs, one question at a time, with the newest tokens', async () => {
    const bench = await filledBench();
    const { document, editor } = bench;
    const [, second, third] = document.fill.candidates;
    compareWith(document, second!.id);
    const first = mixCells(editor, document, [0]);
    await settled();
    const { id } = shown(bench);
    const second_ = mixCells(editor, document, [1]);
    compareWith(document, third!.id);
    const last = mixCells(editor, document, [2]);
    await settled();
    expect(asksToCompose(bench)).toHaveLength(1);
    await answerCompose(bench, 60);
    await answerCompose(bench, 61);
    await Promise.all([first, second_, last]);
    expect(asksToCompose(bench).map(({ ids }) => [...ids.slice(0, 3)])).toEqual([
      [1, 0, 0],
      [1, 1, 2],
    ]);
    expect(shown(bench).id).toBe(id);
    expect(document.fill.candidates).toHaveLength(4);
    expect(shown(bench).details.at(-1)).toEqual({ kind: 'mix', tokens: 3, others: ['2', '3'], base: '1' });
    expect(seen(bench)).toBe(61);
  });

  it('does nothing where nothing differs, nothing is compared, or the fills are others', async () => {
    const bench = await filledBench();
    const { document, editor } = bench;
    await mixCells(editor, document, [0]);
    compareWith(document, document.fill.candidates[1]!.id);
    await mixCells(editor, document, [99]);
    await mixCells(editor, document, []);
    expect(document.fill.candidates).toHaveLength(3);
    expect(asksToCompose(bench)).toEqual([]);
  });

  it('is accepted with its own pixels, however long they take', async () => {
    const bench = await filledBench();
    const { document, editor } = bench;
    compareWith(document, document.fill.candidates[1]!.id);
    void mixCells(editor, document, [0, 1]);
    await settled();
    const accepted = run(editor, 'fill.accept');
    await settled();
    expect(document.fill.candidates).toHaveLength(4);
    await answerCompose(bench, 70);
    await accepted;
    expect(readRect(document.current.picture, { x: 45, y: 55, width: 1, height: 1 })[0]).toBe(70);
    expect([...document.current.tokens[0]!.grid.ids.slice(0, 3)]).toEqual([1, 1, 0]);
    expect(document.fill.candidates).toEqual([]);
  });

  it('takes back tokens whose pixels cannot be had', async () => {
    const bench = await filledBench();
    const { document, editor, engine } = bench;
    compareWith(document, document.fill.candidates[1]!.id);
    const done = mixCells(editor, document, [0]);
    await answerCompose(bench);
    await done;
    const more = mixCells(editor, document, [1]);
    await settled();
    await engine.newest('fill.compose').fail(new Error('no'));
    await more;
    expect([...shown(bench).frames[0]!.grid.ids.slice(0, 3)]).toEqual([1, 0, 0]);
    expect(editor.notices.list).toHaveLength(1);
  });

  it('works in each frame of a fill; the others stay as they are', async () => {
    const bench = await filledBench(2, [SPOT, FAR]);
    const { document, editor } = bench;
    compareWith(document, document.fill.candidates[1]!.id);
    expect(shown(bench).patches).toHaveLength(2);
    void mixCells(editor, document, [2], 1);
    const asked = await answerCompose(bench, 90);
    expect(asked.frame.plan).toEqual(shown(bench).order.plans[1]);
    expect([seen(bench), seen(bench, 1505)]).toEqual([200, 90]);
    expect(differingCells(document, 1)).not.toContain(2);
    expect(differingCells(document, 0)).toContain(2);
  });

  it('of any cells has in each the token of one of the two', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(40), { minLength: 1, maxLength: 12 }), async (cells) => {
        const bench = await filledBench(2);
        const { document, editor } = bench;
        compareWith(document, document.fill.candidates[1]!.id);
        void mixCells(editor, document, cells);
        const { hole, grid } = shown(bench).frames[0]!;
        grid.ids.forEach((id, cell) => {
          expect(id).toBe(hole.includes(cell) && cells.includes(cell) ? 1 : 0);
        });
        document.fill.remove(() => true);
      }),
      { numRuns: 20 },
    );
  });
});

describe('scrubbing', () => {
  it('shows a candidate as it was after a step, and as it became after the last', async () => {
    const bench = await filledBench();
    const { document, editor } = bench;
    show(bench, 1);
    scrubTo(editor, document, 1);
    expect(document.tokenWork.scrub).toEqual({ candidate: shown(bench).id, frame: 0, step: 1, patch: null });
    expect(seen(bench)).toBe(201); // nothing of it is decoded yet
    const asked = await answerCompose(bench, 31);
    expect([...asked.ids.slice(0, 4)]).toEqual([1, MASK, MASK, ENCODED_ID]);
    expect(seen(bench)).toBe(31);
    scrubTo(editor, document, 3);
    expect(document.tokenWork.scrub).toBeNull();
    expect(seen(bench)).toBe(201);
  });

  it('decodes one step at a time, of those wanted meanwhile only the last, and none twice', async () => {
    const bench = await filledBench();
    const { document, editor } = bench;
    const before = document.current;
    for (const step of [2, 1, 0]) scrubTo(editor, document, step);
    await answerCompose(bench, 32);
    expect(seen(bench)).toBe(32); // the nearest there is
    await answerCompose(bench, 30);
    expect(seen(bench)).toBe(30);
    expect(asksToCompose(bench).map(({ ids }) => ids.slice(0, 3).filter((id) => id === MASK).length)).toEqual(
      [1, 3],
    );
    scrubTo(editor, document, 2);
    expect(seen(bench)).toBe(32);
    await settled();
    expect(asksToCompose(bench)).toHaveLength(2);
    expect(document.current).toBe(before);
  });

  it('goes by steps from where it is', async () => {
    const bench = await filledBench();
    const { document, editor } = bench;
    scrubBy(editor, document, -1);
    expect(document.tokenWork.scrub!.step).toBe(2);
    for (let i = 0; i < 5; i++) scrubBy(editor, document, -1);
    expect(document.tokenWork.scrub!.step).toBe(0);
    await run(editor, 'tokens.scrub-forward');
    expect(document.tokenWork.scrub!.step).toBe(1);
    leaveScrub(document);
    await settled();
    expect(document.tokenWork.scrub).toBeNull();
    expect(editor.notices.list).toEqual([]);
  });

  it('that was left and begun again has its step', async () => {
    const bench = await filledBench();
    const { document, editor } = bench;
    scrubTo(editor, document, 1);
    await settled();
    leaveScrub(document);
    scrubTo(editor, document, 2);
    await settled();
    await answerCompose(bench, 44);
    expect(seen(bench)).toBe(44);
    expect(document.tokenWork.scrub!.step).toBe(2);
  });

  it('ends when another candidate is shown, and with Escape', async () => {
    const bench = await filledBench();
    const { document, editor } = bench;
    const stop = followModel(editor);
    scrubTo(editor, document, 1);
    show(bench, 1);
    await settled();
    expect(document.tokenWork.scrub).toBeNull();
    scrubTo(editor, document, 1);
    await run(editor, 'edit.cancel');
    expect(document.tokenWork.scrub).toBeNull();
    stop();
  });

  it('is not what is accepted: that is shown first', async () => {
    const bench = await filledBench();
    const { document, editor } = bench;
    scrubTo(editor, document, 1);
    await run(editor, 'fill.accept');
    expect(document.tokenWork.scrub).toBeNull();
    expect(document.fill.candidates).toHaveLength(3);
    await run(editor, 'fill.accept');
    expect(document.fill.candidates).toHaveLength(0);
  });
});

describe('a branch', () => {
  async function branched(bench: Bench, seed: 'same' | 'other') {
    const done = branch(bench.editor, bench.document, seed);
    const params = await answerFill(bench);
    await done;
    return params;
  }

  it('with the same seed is told all that makes the rest repeat itself', async () => {
    const bench = await filledBench();
    const { document, editor, engine } = bench;
    const sent = engine.newest('fill.run').params;
    show(bench, 1);
    scrubTo(editor, document, 2);
    const params = await branched(bench, 'same');
    const [frame] = params.frames;
    const { start } = frame!;
    expectSame(frame!, sent.frames[0]!);
    expect(params).toMatchObject({ seed: sent.seed, candidates: 1, sampling: sent.sampling });
    expect(start).toMatchObject({ step: 2, rng: [2, 1, 0, 0, sent.seed, 0] });
    expect(start!.ids.slice(0, 4)).toEqual([1, 1, MASK, ENCODED_ID]);
    expect(start!.believed.slice(0, 4)).toEqual([0.5, 0.5, 0, 0]);
  });

  it('with another seed draws its own numbers; its candidates join the strip as whole fills', async () => {
    const bench = await filledBench();
    const { document, editor, engine } = bench;
    const before = engine.newest('fill.run').params.seed;
    const from = shown(bench);
    editor.fillSettings.candidates = 2;
    scrubTo(editor, document, 1);
    const params = await branched(bench, 'other');
    expect(params.candidates).toBe(2);
    expect(params.seed).not.toBe(before);
    expect(params.frames[0]!.start).not.toHaveProperty('rng');
    expect(document.fill.candidates.map(({ name }) => name)).toEqual(['1', '2', '3', 'Branch 1', 'Branch 2']);
    const made = shown(bench);
    expect(made).toMatchObject({ name: 'Branch 1', set: from.set, order: from.order, seed: params.seed });
    expect(made.details).toContainEqual({ kind: 'branch', step: 1, candidate: '1' });
    // With the generator's state a command can repeat this one alone.
    const rng = createRng(params.seed).fork(0).state();
    expect(made.frames[0]!.start).toEqual({ ...params.frames[0]!.start, rng });
    expect(fillRecordSchema.parse(made.record).settings).toMatchObject({
      branch: { step: 1, seed: from.seed, candidate: 1 },
    });
    const [frame] = made.frames;
    expect(frame!.request).not.toHaveProperty('start');
    expect(frame!.trace.map(({ changed }) => [...changed])).toEqual([[0], [1], [2]]);
    expect(frame!.trace[0]!.rng).toEqual(createRng(params.seed).fork(0).state());
  });

  it('of a branch goes on from it', async () => {
    const bench = await filledBench();
    const { document, editor } = bench;
    scrubTo(editor, document, 1);
    const other = await branched(bench, 'other');
    scrubTo(editor, document, 1);
    const again = await branched(bench, 'same');
    expect(again.seed).toBe(other.seed);
    expect(again.frames[0]!.start).toMatchObject({ step: 1, rng: createRng(other.seed).fork(0).state() });
    expect(document.fill.candidates.at(-1)!.details).toContainEqual({
      kind: 'branch',
      step: 1,
      candidate: 'Branch 1',
    });
  });

  it('from the very beginning is a fill of its frame; with the same seed there is none', async () => {
    const bench = await filledBench();
    const { document, editor, engine } = bench;
    scrubTo(editor, document, 0);
    const count = engine.asked.filter(({ method }) => method === 'fill.run').length;
    await branch(editor, document, 'same');
    expect(engine.asked.filter(({ method }) => method === 'fill.run')).toHaveLength(count);
    const params = await branched(bench, 'other');
    expect(params.frames[0]).not.toHaveProperty('start');
    expect(document.fill.current!.frames[0]!.trace).toHaveLength(3);
  });

  it('in one frame of several leaves the others as the candidate has them', async () => {
    const bench = await filledBench(2, [SPOT, FAR]);
    const { document, editor } = bench;
    const from = shown(bench);
    scrubTo(editor, document, 1, 1);
    const params = await branched(bench, 'same');
    expect(params.frames).toHaveLength(1);
    expect(params.frames[0]!.plan).toEqual(from.order.plans[1]);
    expect(params.seed).toBe(from.frames[1]!.request.seed);
    const made = shown(bench);
    expect(made.patches[0]).toBe(from.patches[0]);
    expect(made.patches[1]).not.toBe(from.patches[1]);
    expect(made.frames[0]).toBe(from.frames[0]);
    expect(document.fill.last).toBe(from.order);
  });

  it('sees what the fill saw, also when the picture is another by now', async () => {
    const bench = await filledBench();
    const { document, editor, engine } = bench;
    const [sent] = engine.newest('fill.run').params.frames;
    const all = [...document.current.picture.tiles];
    document.commit('Wipe', {
      picture: { changes: all.map(([key, before]) => ({ key, before, after: null })) },
    });
    scrubTo(editor, document, 1);
    const params = await branched(bench, 'same');
    expectSame(params.frames[0]!, sent!);
  });

  it('takes no place without a step that is looked at', async () => {
    const bench = await filledBench();
    await branch(bench.editor, bench.document, 'other');
    expect(bench.engine.asked.filter(({ method }) => method === 'fill.run')).toHaveLength(1);
  });
});
