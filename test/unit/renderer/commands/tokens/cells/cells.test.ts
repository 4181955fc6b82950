import { describe, expect, it } from 'vitest';
import { sameDocument } from '../../../../../../core/document/document.ts';
import { readRect } from '../../../../../../core/raster/flat.ts';
import { setEdit } from '../../../../../../core/tokens/edit.ts';
import {
  eraseCells,
  pinCells,
  restoreCells,
} from '../../../../../../renderer/commands/tokens/cells/cells.ts';
import { holeCells } from '../../../../../../renderer/commands/tokens/cells/hole.ts';
import { paintOnce } from '../../../../../../renderer/commands/tokens/paint/paint.ts';
import { readyTokens } from '../../../../../../renderer/commands/tokens/view/frameTokens.ts';
import { sameBytes } from '../../../support/bytes.ts';
import { select } from '../../../support/editor.ts';
import {
  answerEncode,
  answerPaint,
  countOf,
  openBench,
  tokensBench,
  type TokensBench,
  encodeTokens,
} from '../tokenEngine.ts';

async function paint(bench: TokensBench, cells: number[], id = 77): Promise<void> {
  const done = paintOnce(bench.editor, bench.document, 'Token brush', setEdit(cells, id));
  await answerPaint(bench);
  await done;
  await readyTokens(bench.editor, bench.document);
}

function labels({ document }: TokensBench): string[] {
  return document.history.entries.map(({ label }) => label);
}

describe('erasing tokens', () => {
  it('selects exactly their squares, and makes fills work in their frame', async () => {
    const bench = await tokensBench();
    const { document } = bench;
    eraseCells(document, [17, 19]);
    const selected = readRect(document.current.selection, document.current.canvas);
    for (let i = 0; i < selected.length; i++) {
      const cell = Math.floor(i / 128 / 8) * 16 + Math.floor((i % 128) / 8);
      if (selected[i] !== (cell === 17 || cell === 19 ? 255 : 0)) throw new Error(`px ${i}`);
    }
    expect([...holeCells(document)]).toEqual([17, 19]);
    expect(document.current.frame).toEqual(document.tokenWork.frameTokens!.tokens.frame);
    expect(document.history.entries).toMatchObject([
      { label: 'Erase tokens', details: [{ kind: 'count', of: 'tokens', count: 2 }] },
    ]);
    eraseCells(document, [17]);
    expect(labels(bench)).toHaveLength(1); // it was erased already
  });

  it('takes away hints that were painted there', async () => {
    const bench = await tokensBench();
    eraseCells(bench.document, [17]);
    await paint(bench, [17]);
    expect(bench.document.tokenWork.frameTokens!.tokens.pins).toEqual([17]);
    eraseCells(bench.document, [17]);
    expect((await readyTokens(bench.editor, bench.document)).tokens.pins).toEqual([]);
    expect(labels(bench)).toEqual(['Erase tokens', 'Token brush', 'Erase tokens']);
  });

  it('does nothing without frame tokens, and outside the picture', async () => {
    const bench = openBench({ x: 0, y: 0, width: 100, height: 100 });
    eraseCells(bench.document, [0]);
    await encodeTokens(bench);
    eraseCells(bench.document, [15]);
    expect(labels(bench)).toEqual([]);
  });
});

describe('the hole', () => {
  it('is the same set for the same selection, and none without frame tokens', async () => {
    const bench = openBench();
    select(bench.document, { x: 0, y: 0, width: 9, height: 1 });
    expect(holeCells(bench.document).size).toBe(0);
    await encodeTokens(bench);
    const hole = holeCells(bench.document);
    expect([...hole]).toEqual([0, 1]);
    expect(holeCells(bench.document)).toBe(hole);
  });
});

describe('pins', () => {
  it('come and go as one step each, and make the tokens part of the document', async () => {
    const bench = await tokensBench();
    const { document } = bench;
    const before = document.current;
    pinCells(document, [3, 4], true);
    expect(document.current.tokens[0]!.pins).toEqual([3, 4]);
    await readyTokens(bench.editor, document);
    pinCells(document, [3], true);
    pinCells(document, [3], false);
    await readyTokens(bench.editor, document);
    expect(document.tokenWork.frameTokens!.tokens.pins).toEqual([4]);
    expect(labels(bench)).toEqual(['Pin tokens', 'Unpin tokens']);
    document.undo();
    document.undo();
    expect(sameDocument(document.current, before)).toBe(true);
    expect(countOf(bench, 'tokens.encode')).toBe(1);
  });
});

describe('restoring', () => {
  it('brings back pixels and tokens of what was opened, and leaves the hole', async () => {
    const bench = await tokensBench();
    const { editor, document } = bench;
    const opened = document.current;
    await paint(bench, [17, 18, 40]);
    eraseCells(document, [17, 30]);
    const restoring = restoreCells(editor, document, [17, 18]);
    await answerEncode(bench);
    await restoring;
    const [tokens] = document.current.tokens;
    expect([...tokens!.grid.ids.slice(17, 19)]).toEqual([8, 16]);
    expect([17, 18, 40].map((cell) => tokens!.provenance[cell]!.kind)).toEqual([
      'encoded',
      'encoded',
      'painted',
    ]);
    const square = { x: 8, y: 8, width: 16, height: 8 }; // of both cells
    expect(sameBytes(readRect(document.current.picture, square), readRect(opened.picture, square))).toBe(
      true,
    );
    expect(readRect(document.current.picture, { x: 64, y: 16, width: 1, height: 1 })[0]).toBe(77);
    expect([...holeCells(document)]).toEqual([30]);
    expect(labels(bench)).toEqual(['Token brush', 'Erase tokens', 'Restore tokens']);
    await restoreCells(editor, document, [17, 18]);
    expect(labels(bench)).toHaveLength(3); // all was as it was opened
    expect(countOf(bench, 'tokens.encode')).toBe(2); // of the original once
  });

  it('knows the tokens also where only their pixels were changed', async () => {
    const bench = await tokensBench();
    const { editor, document } = bench;
    await paint(bench, [17]);
    const restoring = restoreCells(editor, document, [17]);
    await answerEncode(bench);
    await restoring;
    expect((await readyTokens(editor, document)).tokens.grid.ids[17]).toBe(8);
    document.undo();
    document.redo();
    expect((await readyTokens(editor, document)).tokens.grid.ids[17]).toBe(8);
  });
});
