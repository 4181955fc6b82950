import { describe, expect, it } from 'vitest';
import { MASK } from '../../../../../../core/tokens/grid.ts';
import { TesseraError } from '../../../../../../core/base/errors.ts';
import { fillRect, writeRect } from '../../../../../../core/raster/write.ts';
import { paintOnce } from '../../../../../../renderer/commands/tokens/paint/paint.ts';
import { readyTokens } from '../../../../../../renderer/commands/tokens/view/frameTokens.ts';
import type { OpenDocument } from '../../../../../../renderer/state/openDocument.svelte.ts';
import { settled } from '../../../support/fakeEngine.ts';
import {
  answerEncode,
  answerPaint,
  countOf,
  openBench,
  tokensBench,
  type TokensBench,
  encodeTokens,
} from '../tokenEngine.ts';

const SQUARE = { x: 8, y: 0, width: 8, height: 8 }; // cell 1

function paintPixels(document: OpenDocument, rect = SQUARE, red = 200): void {
  const data = Uint8Array.from({ length: 4 * rect.width * rect.height }, (_, i) => (i % 4 === 0 ? red : 255));
  document.commit('Brush', { picture: writeRect(document.current.picture, rect, data) });
}

async function paintToken(bench: TokensBench, cell: number, id: number): Promise<void> {
  const edit = { cells: Int32Array.of(cell), ids: Int32Array.of(id) };
  const done = paintOnce(bench.editor, bench.document, 'Token brush', edit);
  await answerPaint(bench);
  await done;
}

describe('the frame tokens', () => {
  it('is encoded once for all who ask, of what the frame sees', async () => {
    const bench = openBench({ x: 0, y: 0, width: 1000, height: 700 });
    const { editor, document } = bench;
    const [first, second] = [readyTokens(editor, document), readyTokens(editor, document)];
    await settled();
    expect(document.tokenWork.encoding).toBe(true);
    const { frame, region, picture } = await answerEncode(bench);
    expect(frame).toMatchObject({ columns: 63, rows: 44, scale: 2 });
    expect(region).toEqual({ x: 0, y: 0, width: 1000, height: 700 });
    expect(picture.length).toBe(4 * 1000 * 700);
    expect(await first).toBe(await second);
    expect(document.tokenWork.frameTokens).toBe(await first);
    expect(document.tokenWork.encoding).toBe(false);
    expect(await readyTokens(editor, document)).toBe(await first);
    expect(countOf(bench, 'tokens.encode')).toBe(1);
  });

  it('says that all tokens were encoded, and what that costs', async () => {
    const { tokens, errors } = await encodeTokens(openBench());
    expect(tokens.grid.ids.slice(0, 3)).toEqual(Int32Array.of(0, 8, 16));
    expect(new Set(tokens.provenance.map(({ kind }) => kind))).toEqual(new Set(['encoded']));
    expect(tokens.pins).toEqual([]);
    expect(errors![2]).toBe(8);
  });

  it('knows what was painted without encoding it again', async () => {
    const bench = await tokensBench();
    await paintToken(bench, 1, 77);
    const { tokens, errors } = await readyTokens(bench.editor, bench.document);
    expect(tokens).toBe(bench.document.current.tokens[0]);
    expect([tokens.grid.ids[1], tokens.provenance[1]!.kind]).toEqual([77, 'painted']);
    expect(errors).not.toBeNull();
    expect(countOf(bench, 'tokens.encode')).toBe(1);
  });

  it('is what it was after undo, without encoding it again', async () => {
    const bench = await tokensBench();
    const before = bench.document.tokenWork.frameTokens!.tokens.grid.ids;
    await paintToken(bench, 1, 77);
    await readyTokens(bench.editor, bench.document);
    bench.document.undo();
    const { tokens } = await readyTokens(bench.editor, bench.document);
    expect(tokens.grid.ids).toEqual(before);
    expect(countOf(bench, 'tokens.encode')).toBe(1);
  });

  it('takes only what the document has forgotten from a new encoding', async () => {
    const bench = await tokensBench();
    await paintToken(bench, 1, 77);
    await paintToken(bench, 5, 78);
    paintPixels(bench.document);
    expect(bench.document.current.tokens[0]!.grid.ids[1]).toBe(MASK);
    const { tokens } = await encodeTokens(bench);
    expect([tokens.grid.ids[1], tokens.provenance[1]!.kind]).toEqual([200, 'encoded']);
    expect([tokens.grid.ids[5], tokens.provenance[5]!.kind]).toEqual([78, 'painted']);
  });

  it('does not care for pixels that its frame does not see', async () => {
    const bench = openBench({ x: 0, y: 0, width: 1024, height: 1024 });
    const frame = { rect: { x: 0, y: 0, width: 128, height: 128 }, scale: 1, columns: 16, rows: 16 };
    bench.document.commit('Frame', { frame: { before: null, after: frame } });
    const { tokens } = await encodeTokens(bench);
    paintPixels(bench.document, { x: 600, y: 600, width: 8, height: 8 });
    const next = await readyTokens(bench.editor, bench.document);
    expect(next.tokens).toBe(tokens);
    expect(next.picture).toBe(bench.document.current.picture);
  });

  it('begins again when the picture changes while it is encoded', async () => {
    const bench = openBench();
    const ready = readyTokens(bench.editor, bench.document);
    await settled();
    paintPixels(bench.document);
    await answerEncode(bench);
    await answerEncode(bench);
    expect((await ready).tokens.grid.ids[1]).toBe(200);
    expect(countOf(bench, 'tokens.encode')).toBe(2);
  });

  it('gives up what was asked for before the change', async () => {
    const bench = openBench();
    const first = readyTokens(bench.editor, bench.document);
    await settled();
    paintPixels(bench.document);
    const second = readyTokens(bench.editor, bench.document);
    await settled();
    expect(countOf(bench, 'tokens.encode')).toBe(2); // the first was aborted, and waits for the second
    await answerEncode(bench);
    expect(await first).toBe(await second);
  });

  it('of another frame forgets what was chosen in the one before', async () => {
    const bench = await tokensBench();
    const { tokenWork } = bench.document;
    tokenWork.chosen = [1, 2];
    tokenWork.focus = 3;
    const frame = { rect: { x: 0, y: 0, width: 64, height: 64 }, scale: 1, columns: 8, rows: 8 };
    bench.document.commit('Frame', { frame: { before: null, after: frame } });
    const ready = readyTokens(bench.editor, bench.document);
    expect(tokenWork.frameTokens).toBeNull();
    await answerEncode(bench);
    expect((await ready).tokens.frame).toEqual(frame);
    expect(tokenWork).toMatchObject({ chosen: [], focus: null });
  });

  it('comes to nothing where the document is closed or the engine fails', async () => {
    const bench = openBench();
    const failing = readyTokens(bench.editor, bench.document);
    const refused = expect(failing).rejects.toThrow('broken');
    await settled();
    await bench.engine.newest('tokens.encode').fail(new TesseraError('internal', 'It is broken.'));
    await refused;
    const closed = readyTokens(bench.editor, bench.document);
    const aborted = expect(closed).rejects.toMatchObject({ code: 'aborted' });
    bench.editor.close(bench.document);
    await answerEncode(bench);
    await aborted;
    bench.editor.packages.list = [];
    await expect(readyTokens(bench.editor, bench.document)).rejects.toThrow('No model package');
  });

  it('has nothing to do with the selection', async () => {
    const bench = await tokensBench();
    const frameTokens = bench.document.tokenWork.frameTokens!;
    bench.document.commit('Select', { selection: fillRect(bench.document.current.selection, SQUARE, 255) });
    expect(await readyTokens(bench.editor, bench.document)).toBe(frameTokens);
  });
});
