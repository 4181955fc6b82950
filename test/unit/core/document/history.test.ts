import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allEntries,
  withoutBranch,
  withoutSnapshot,
  withSnapshot,
} from '../../../../core/document/branches.ts';
import { applyChange } from '../../../../core/document/applyChange.ts';
import { cropCanvas, extendCanvas } from '../../../../core/document/canvas.ts';
import type { Change, Entry, History } from '../../../../core/document/change.ts';
import type { Document, FrameTokens } from '../../../../core/document/document.ts';
import { forgetChanged } from '../../../../core/document/forgetChanged.ts';
import {
  createHistory,
  firstCanvas,
  goTo,
  goToStep,
  type Moved,
  push,
  redo,
  undo,
} from '../../../../core/document/history.ts';
import { pinTokens, tokensOf, withTokens } from '../../../../core/document/tokenSheets.ts';
import { undoBytes } from '../../../../core/document/undoBytes.ts';
import type { Frame } from '../../../../core/frames/frame.ts';
import { growRect, intersectRects } from '../../../../core/base/geometry.ts';
import { TILE } from '../../../../core/raster/raster.ts';
import { fillRect } from '../../../../core/raster/write.ts';
import { seed } from '../pixels/random.ts';
import { rects } from '../raster/support.ts';
import { expectSame, noiseDocument, paint, select } from './support.ts';
import { noiseTokens } from './tokens.ts';

const canvas = { x: -50, y: -20, width: 400, height: 300 };
const start = noiseDocument(canvas);

type Edit = (document: Document) => Change;

const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(rects(80), seed).map(
    ([rect, random]): Edit =>
      (document) =>
        paint(document, rect, random),
  ),
  fc.tuple(rects(80), seed).map(
    ([rect, random]): Edit =>
      (document) =>
        select(document, rect, random),
  ),
  rects(300).map((rect): Edit => ({ selection }) => ({ selection: fillRect(selection, rect, 255) })),
  fc.tuple(fc.nat(2), seed).map(([place, random]): Edit => ({ tokens }) => ({
    tokens: { before: tokens, after: withTokens(tokens, noiseTokens(frameAt(place), random)) },
  })),
  fc.integer({ min: 1, max: 90 }).map(
    (by): Edit =>
      (document) =>
        extendCanvas(document, growRect(document.canvas, by)),
  ),
  fc.integer({ min: 1, max: 40 }).map(
    (by): Edit =>
      (document) =>
        cropped(document, by),
  ),
);

const moves = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: edits },
    { weight: 2, arbitrary: fc.constantFrom<'undo' | 'redo'>('undo', 'redo') },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 40 }) },
    { weight: 1, arbitrary: fc.record({ step: fc.nat(60) }) }, // of all that are kept, also in branches
  ),
  { maxLength: 40 },
);

function frameAt(place: number): Frame {
  return { rect: { x: 40 * place, y: 20, width: 64, height: 64 }, scale: 1, columns: 8, rows: 8 };
}

function cropped(document: Document, by: number): Change {
  const smaller = growRect(document.canvas, -by);
  return intersectRects(smaller, start.canvas).width > 40 ? cropCanvas(document, smaller) : {};
}

function entry(change: Change): Omit<Entry, 'id'> {
  return { label: 'Edit', details: [], at: 0, change };
}

/** Does all moves, and checks after each that the document is the one that was there when the history was. */
function follow(history: History, all: readonly (Edit | Move)[]): void {
  let document = start;
  let oldest = start; // where undoing everything leads
  const after = new Map<number, Document>(); // by the id of the step that led to it
  for (const move of all) {
    if (typeof move === 'function') {
      const change = forgetChanged(document, move(document));
      document = applyChange(document, change);
      const done = history.entries.slice(0, history.position);
      const next = push(history, document, entry(change));
      if (next === history) continue;
      after.set(next.entries.at(-1)!.id, document);
      const gone = done.length + 1 - next.entries.length;
      for (const { from } of next.branches) expect(from === 0 || after.has(from)).toBe(true);
      if (gone > 0) oldest = after.get(done[gone - 1]!.id)!;
      history = next;
      expect(undoBytes(history, document) <= history.limit || history.entries.length === 1).toBe(true);
      const ids = allEntries(history).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    } else {
      const moved = go(document, history, move);
      if (!moved) continue;
      expectSame(applyChange(document, moved.change), moved.document);
      ({ document, history } = moved);
    }
    const newest = history.entries[history.position - 1];
    expectSame(document, newest ? after.get(newest.id)! : oldest);
  }
}

type Move = 'undo' | 'redo' | number | { readonly step: number };

function go(document: Document, history: History, move: Move): Moved | null {
  if (typeof move === 'object') {
    const ids = [0, ...allEntries(history).map(({ id }) => id)];
    return goToStep(document, history, ids[move.step % ids.length]!);
  }
  if (typeof move === 'number') return goTo(document, history, move % (history.entries.length + 1));
  return move === 'undo' ? undo(document, history) : redo(document, history);
}

describe('history', () => {
  test('gives back the very tiles, whatever was done, undone and redone', () => {
    fc.assert(
      fc.property(moves, (all) => {
        follow(createHistory(), all);
      }),
      { numRuns: 60 },
    );
  });

  test('gives them back as well when the oldest steps are let go', () => {
    fc.assert(
      fc.property(moves, fc.integer({ min: 0, max: 12 }), (all, tiles) => {
        follow(createHistory(tiles * TILE * TILE * 4), all);
      }),
      { numRuns: 60 },
    );
  });

  test('has an end on both sides', () => {
    const history = createHistory();
    expect(history).toMatchObject({ entries: [], position: 0, limit: 2 ** 30 });
    expect(undo(start, history)).toBeNull();
    expect(redo(start, history)).toBeNull();
    expect(goTo(start, history, 0)).toBeNull();
    expect(() => goTo(start, history, 1)).toThrow('The history of 0 steps has no step 1.');
  });

  test('ids rise, also over steps that were undone and let go', () => {
    let document = start;
    let history = createHistory(0);
    const step = (random: number): void => {
      const change = paint(document, { x: 0, y: 0, width: 5, height: 5 }, random);
      document = applyChange(document, change);
      history = push(history, document, entry(change));
    };
    step(1);
    step(2);
    expect(history.entries.map(({ id }) => id)).toEqual([2]);
    step(3);
    ({ document, history } = undo(document, history)!);
    step(4);
    expect(history.entries.at(-1)!.id).toBe(4);
  });

  test('takes no step that changed nothing', () => {
    const history = createHistory();
    expect(push(history, start, entry({ picture: { changes: [] } }))).toBe(history);
  });
});

describe('undoBytes', () => {
  const TILE_BYTES = TILE * TILE * 4;
  const spot = { x: 0, y: 0, width: 5, height: 5 };

  function painted(document: Document, history: History, random: number): [Document, History] {
    const change = paint(document, spot, random);
    const next = applyChange(document, change);
    return [next, push(history, next, entry(change))];
  }

  test('does not count what the picture, its original or the selection hold anyway', () => {
    const [once, history] = painted(start, createHistory(), 1);
    expect(undoBytes(history, once)).toBe(0);
    const [twice, longer] = painted(once, history, 2);
    expect(undoBytes(longer, twice)).toBe(TILE_BYTES);
    const back = undo(twice, longer)!;
    expect(undoBytes(back.history, back.document)).toBe(TILE_BYTES);
  });

  test('counts selections of everything for nothing', () => {
    const selection = fillRect(start.selection, { x: 0, y: 0, width: TILE, height: TILE }, 255);
    const change = { selection };
    const document = applyChange(start, change);
    expect(undoBytes(push(createHistory(), document, entry(change)), document)).toBe(0);
  });

  const frame = { rect: { x: 0, y: 0, width: 128, height: 64 }, scale: 1, columns: 16, rows: 8 };
  const TOKENS_BYTES = 16 * 8 * (4 + 16);

  function withSheet(document: Document, history: History, sheet: FrameTokens): [Document, History] {
    const tokens = { before: document.tokens, after: withTokens(document.tokens, sheet) };
    const next = applyChange(document, { tokens });
    return [next, push(history, next, entry({ tokens }))];
  }

  test('counts tokens that the document does not hold any more, each once', () => {
    const other = { ...frame, rect: { ...frame.rect, x: 200 } };
    let [document, history] = withSheet(start, createHistory(), noiseTokens(other, 1));
    [document, history] = withSheet(document, history, noiseTokens(frame, 2));
    expect(undoBytes(history, document)).toBe(0);
    [document, history] = withSheet(document, history, noiseTokens(frame, 3));
    expect(undoBytes(history, document)).toBe(TOKENS_BYTES);
    const pinned = pinTokens(tokensOf(document, frame, 'ab12')!, [5, 6], true); // shares all that is large
    [document, history] = withSheet(document, history, pinned);
    expect(undoBytes(history, document)).toBe(TOKENS_BYTES);
    [document, history] = withSheet(document, history, noiseTokens(frame, 4));
    expect(undoBytes(history, document)).toBe(2 * TOKENS_BYTES);
    const moved = goTo(document, history, 0)!;
    expect(undoBytes(moved.history, moved.document)).toBe(4 * TOKENS_BYTES);
  });

  test('lets the oldest go when tokens alone go over the limit', () => {
    let [document, history] = withSheet(start, createHistory(10 * TOKENS_BYTES), noiseTokens(frame, 0));
    for (let i = 1; i <= 30; i++) [document, history] = withSheet(document, history, noiseTokens(frame, i));
    expect(undoBytes(history, document)).toBeLessThanOrEqual(10 * TOKENS_BYTES);
    expect(history.entries.length).toBeGreaterThanOrEqual(9);
    expect(history.entries.at(-1)!.id).toBe(31);
  });

  test('stays under the limit: the oldest go first', () => {
    let document = start;
    let history = createHistory(10 * TILE_BYTES);
    for (let i = 1; i <= 30; i++) [document, history] = painted(document, history, i);
    expect(undoBytes(history, document)).toBeLessThanOrEqual(10 * TILE_BYTES);
    expect(history.entries.length).toBeGreaterThanOrEqual(9);
    expect(history.entries.at(-1)!.id).toBe(30);
    expect(history.position).toBe(history.entries.length);
  });

  test('remembers the canvas that a document was opened with', () => {
    const wide = { ...canvas, width: 500 };
    const change = extendCanvas(start, wide);
    const document = applyChange(start, change);
    const history = push(createHistory(), document, { label: 'Extend', details: [], at: 0, change });
    expect(firstCanvas(history, document.canvas)).toEqual(canvas);
    expect(firstCanvas(createHistory(), wide)).toBe(wide);
  });
});

describe('steps that others took the place of', () => {
  const step = (work: Work, random: number): Work => {
    const change = paint(work.document, { x: 10, y: 10, width: 30, height: 20 }, random);
    const document = applyChange(work.document, change);
    return { document, history: push(work.history, document, entry(change)) };
  };
  const back = ({ document, history }: Work, position: number): Work => goTo(document, history, position)!;
  const to = ({ document, history }: Work, id: number): Work => goToStep(document, history, id)!;
  const ids = ({ history }: Work): unknown => [
    history.entries.map(({ id }) => id),
    ...history.branches.map(({ from, entries }) => [from, entries.map(({ id }) => id)]),
  ];
  interface Work {
    readonly document: Document;
    readonly history: History;
  }

  test('stay as branches, also branches of branches, and each can be gone to', () => {
    let work: Work = { document: start, history: createHistory() };
    for (const random of [1, 2, 3]) work = step(work, random);
    const third = work.document;
    work = step(back(work, 2), 4);
    const fourth = work.document;
    expect(ids(work)).toEqual([
      [1, 2, 4],
      [2, [3]],
    ]);
    work = step(back(work, 0), 5);
    expect(ids(work)).toEqual([[5], [2, [3]], [0, [1, 2, 4]]]);
    work = to(work, 3);
    expect([ids(work), work.history.position]).toEqual([
      [
        [1, 2, 3],
        [0, [5]],
        [2, [4]],
      ],
      3,
    ]);
    expectSame(work.document, third);
    work = to(work, 4);
    expectSame(work.document, fourth);
    const left = withoutBranch(
      work.history,
      work.history.branches.find(({ from }) => from === 0)!,
    );
    expect(left.branches.map(({ from }) => from)).toEqual([2]);
  });

  test('go before those that are followed where undo may retain no more', () => {
    let work: Work = { document: start, history: createHistory(4 * TILE * TILE * 4) };
    work = step(step(work, 1), 2);
    for (let random = 3; random < 12; random++) work = step(back(work, 1), random);
    expect(undoBytes(work.history, work.document)).toBeLessThanOrEqual(work.history.limit);
    expect(work.history.entries[0]!.id).toBe(1);
    expect(work.history.branches.length).toBeLessThan(9);
  });

  test('have names, which lead to them from anywhere, until one is taken away', () => {
    let work: Work = { document: start, history: createHistory() };
    work = step(work, 1);
    work = { ...work, history: withSnapshot(work.history, 'Warm', 7) };
    work = step(back(work, 0), 2);
    const [snapshot] = work.history.snapshots;
    expect(snapshot).toEqual({ name: 'Warm', step: 1, at: 7 });
    expect(to(work, snapshot!.step).history.entries.map(({ id }) => id)).toEqual([1]);
    expect(withSnapshot(work.history, 'Warm', 9).snapshots).toEqual([{ name: 'Warm', step: 2, at: 9 }]);
    expect(withoutSnapshot(work.history, snapshot!).snapshots).toEqual([]);
  });
});
