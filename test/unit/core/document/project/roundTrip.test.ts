import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allEntries, withSnapshot } from '../../../../../core/document/branches.ts';
import { changeBytes } from '../../../../../core/document/change.ts';
import { type FrameTokens, sameDocument } from '../../../../../core/document/document.ts';
import { goToStep } from '../../../../../core/document/history.ts';
import { numberParts, parseProject } from '../../../../../core/document/projectFile.ts';
import { TILE } from '../../../../../core/raster/raster.ts';
import { FULL_TILE } from '../../../../../core/raster/tile.ts';
import { fillRect } from '../../../../../core/raster/write.ts';
import { MASK } from '../../../../../core/tokens/grid.ts';
import { ENCODED, type Provenance } from '../../../../../core/tokens/provenance.ts';
import { formatTokenFile, parseTokenFile } from '../../../../../core/tokens/tokenFile.ts';
import { expectSame, paint } from '../support.ts';
import { noiseTokens } from '../tokens.ts';
import {
  commit,
  extras,
  gestures,
  move,
  moreTokens,
  reread,
  snapshotOf,
  startWork,
  tokensOfFill,
  workAfter,
} from './support.ts';

const runs = { numRuns: 40 };

describe('a project', () => {
  test('comes back as it was, with all that undo and redo lead to', () => {
    fc.assert(
      fc.property(gestures, (list) => {
        const work = workAfter(list);
        const read = reread(snapshotOf(work));
        expect(read.extras).toEqual(extras);
        expect(read.history.position).toBe(work.history.position);
        expectSame(read.document, work.document);
        expect(sameDocument(move(move(read, 0), read.history.position).document, read.document)).toBe(true);
        for (let position = 0; position <= work.history.entries.length; position++) {
          expectSame(move(read, position).document, move(work, position).document);
        }
        for (const { id } of allEntries(work.history)) {
          const [one, other] = [read, work].map(({ document, history }) => goToStep(document, history, id));
          expectSame(one?.document ?? read.document, other?.document ?? work.document);
        }
      }),
      runs,
    );
  });

  test('keeps what the history shows', () => {
    fc.assert(
      fc.property(gestures, (list) => {
        const { document, history } = workAfter(list);
        const shown = ({ entries }: typeof history) =>
          entries.map(({ id, label, details, at, change }) => ({
            id,
            label,
            details,
            at,
            bytes: changeBytes(change),
          }));
        expect(shown(reread(snapshotOf({ document, history })).history)).toEqual(shown(history));
      }),
      runs,
    );
  });

  test('keeps snapshots by their names', () => {
    const work = workAfter([]);
    const history = withSnapshot(work.history, 'Größer', 5);
    expect(reread(snapshotOf({ ...work, history })).history.snapshots).toEqual([
      { name: 'Größer', step: 0, at: 5 },
    ]);
  });

  test('is written again with the numbers it had', () => {
    fc.assert(
      fc.property(gestures, (list) => {
        const work = workAfter(list);
        const idOf = numberParts();
        const first = snapshotOf(work, idOf);
        const again = snapshotOf(reread(first), idOf);
        expect(again.json).toBe(first.json);
        expect([...again.parts.keys()]).toEqual([...first.parts.keys()]);
      }),
      runs,
    );
  });

  test('names every part once, and as what it is', () => {
    fc.assert(
      fc.property(gestures, (list) => {
        const work = workAfter(list);
        const { json, parts } = snapshotOf(work);
        const named = parseProject(json, 'it').parts;
        expect([...named.keys()].sort()).toEqual([...parts.keys()].sort());
        for (const [id, use] of named) {
          expect(parts.get(id)!.kind).toBe(use.kind);
          if (use.kind === 'tile') expect(parts.get(id)!.bytes.length).toBe(use.bytes);
        }
      }),
      runs,
    );
  });
});

describe('parts', () => {
  test('are shared by the picture, the original and the history', () => {
    const opened = startWork({ x: 0, y: 0, width: 4 * TILE, height: TILE });
    const painted = commit(opened, 'Paint', paint(opened.document, { x: 0, y: 0, width: 9, height: 9 }, 1));
    const tiles = [...snapshotOf(painted).parts.values()].filter(({ kind }) => kind === 'tile');
    expect(tiles).toHaveLength(5); // four that were opened, one that was painted
    const read = reread(snapshotOf(painted)).document;
    const shared = [...read.original.tiles].filter(([key, tile]) => read.picture.tiles.get(key) === tile);
    expect(shared).toHaveLength(3);
  });

  test('hold what is wholly selected once, and it is known again', () => {
    const opened = startWork({ x: 0, y: 0, width: 8 * TILE, height: TILE });
    const selection = fillRect(opened.document.selection, opened.document.canvas, 255);
    const work = commit(opened, 'Select all', { selection });
    const { json, parts } = snapshotOf(work);
    const ids = new Map([...parts].map(([id, part]) => [id, { ...part, bytes: part.bytes.slice() }]));
    const read = reread({ json, parts: ids });
    expect(parts.size).toBe(8 + 1 + 2);
    expect([...read.document.selection.tiles.values()].every((tile) => tile === FULL_TILE)).toBe(true);
  });

  test('are files of tokens that anybody can read', () => {
    const opened = startWork();
    const work = commit(opened, 'Fill', moreTokens(opened.document, tokensOfFill(5)));
    const part = [...snapshotOf(work).parts.values()].find(({ kind }) => kind === 'tokens')!;
    const file = JSON.parse(new TextDecoder('ascii').decode(part.bytes)) as Record<string, unknown>;
    expect(file).toMatchObject({ format: 1, width: 4, height: 3, pins: [2, 6], package: { id: 'bä.se' } });
  });
});

describe('tokens', () => {
  const frame = { rect: { x: 0, y: 0, width: 1024, height: 1024 }, scale: 1, columns: 64, rows: 64 };

  function partOf(tokens: FrameTokens) {
    const opened = startWork();
    const snapshot = snapshotOf(commit(opened, 'Paint', moreTokens(opened.document, tokens)));
    return { ...snapshot, part: [...snapshot.parts.values()].find(({ kind }) => kind === 'tokens')! };
  }

  test('that are not known any more come back as such, and the others with their pins', () => {
    const opened = startWork();
    const filled = commit(opened, 'Fill', moreTokens(opened.document, tokensOfFill(5)));
    const painted = commit(
      filled,
      'Brush',
      paint(filled.document, { x: 16, y: 24, width: 20, height: 9 }, 1),
    );
    const read = reread(snapshotOf(painted));
    const [tokens] = read.document.tokens;
    expect([...tokens!.grid.ids.keys()].filter((cell) => tokens!.grid.ids[cell] === MASK)).toEqual([6, 7]);
    expect([6, 7].map((cell) => tokens!.provenance[cell]!.kind)).toEqual(['missing', 'missing']);
    expect(tokens!.pins).toEqual([2]);
    expect(move(read, 1).document.tokens).toEqual(filled.document.tokens);
  });

  test('take few bytes beside their ids, where most came about in the same way', () => {
    const { part } = partOf({ ...noiseTokens(frame, 1), provenance: Array<Provenance>(4096).fill(ENCODED) });
    expect(part.bytes.length).toBeLessThan(4096 * 4 + 600);
  });

  test('are read from files that list how each came to be, too', () => {
    const tokens = noiseTokens(frame, 2);
    const { json, parts, part } = partOf(tokens);
    const file = parseTokenFile(new TextDecoder().decode(part.bytes), 'it');
    const listed = { ...part, bytes: new TextEncoder().encode(formatTokenFile(file)) };
    expect(listed.bytes.length).toBeGreaterThan(part.bytes.length);
    const read = reread({ json, parts: new Map([...parts, [part.id, listed]]) });
    expect(read.document.tokens).toEqual([tokens]);
  });
});

test('parts that came from disk keep their numbers, and new ones get others', () => {
  const work = startWork();
  const { parts, json } = snapshotOf(work);
  const moved = new Map([...parts].map(([id, part]) => [id, { ...part, bytes: part.bytes.slice() }]));
  const read = reread({ parts: moved, json });
  const idOf = numberParts(read.ids);
  expect([...snapshotOf(read, idOf).parts.keys()]).toEqual([...parts.keys()]);
  expect(idOf(new Uint8Array(1))).toBe(Math.max(...parts.keys()) + 1);
});

test('lists of tokens take no more room with every fill', () => {
  let work = startWork();
  for (let i = 0; i < 60; i++) {
    const { tokens } = work.document;
    work = commit(work, 'Fill', { tokens: { before: tokens, after: [...tokens, tokensOfFill(i)] } });
  }
  const sizes = parseProject(snapshotOf(work).json, 'it').manifest.history.entries.map(
    ({ change }) => JSON.stringify(change).length,
  );
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(2); // digits of a number
});
