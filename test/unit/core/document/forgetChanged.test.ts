import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChange } from '../../../../core/document/applyChange.ts';
import { cropCanvas } from '../../../../core/document/canvas.ts';
import { invertChange } from '../../../../core/document/change.ts';
import { changedCells } from '../../../../core/document/changedCells.ts';
import type { Document, FrameTokens } from '../../../../core/document/document.ts';
import { forgetChanged } from '../../../../core/document/forgetChanged.ts';
import { sameDocument } from '../../../../core/document/document.ts';
import { withTokens } from '../../../../core/document/tokenSheets.ts';
import { fillRect } from '../../../../core/raster/write.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { seed } from '../pixels/random.ts';
import { rects } from '../raster/support.ts';
import { expectSame, noiseDocument, paint } from './support.ts';
import { framesAround, noiseTokens } from './tokens.ts';

const canvas = { x: -50, y: -20, width: 400, height: 300 };
const start = noiseDocument(canvas);
const frame = { rect: { x: 0, y: 0, width: 64, height: 32 }, scale: 1, columns: 4, rows: 2 };
const spot = { x: 20, y: 3, width: 4, height: 4 }; // in cell 1

const having = (...tokens: FrameTokens[]): Document => ({ ...start, tokens });
const full = (tokens: FrameTokens): FrameTokens => ({
  ...tokens,
  grid: { ...tokens.grid, ids: tokens.grid.ids.map((id) => Math.max(id, 0)) },
  pins: [1, 2],
});

describe('forgetChanged', () => {
  test('makes what shows changed pixels missing and unpinned, and keeps all else; undo is exact', () => {
    fc.assert(
      fc.property(fc.array(framesAround, { maxLength: 4 }), rects(60), seed, (frames, rect, random) => {
        const document = having(...frames.map((one, i) => noiseTokens(one, random + i)));
        const plain = paint(document, rect, random);
        const change = forgetChanged(document, plain);
        const after = applyChange(document, change);
        expect(change.picture).toBe(plain.picture);
        document.tokens.forEach((was, i) => {
          const now = after.tokens[i]!;
          const seen = { patch: plain.picture!, before: canvas, after: canvas };
          const marks = changedCells(was.frame, seen) ?? new Uint8Array(was.grid.ids.length);
          const kept =
            <T>(missing: T) =>
            (value: T, cell: number) =>
              marks[cell] === 1 ? missing : value;
          expect([...now.grid.ids]).toEqual([...was.grid.ids].map(kept(MASK)));
          expect(now.provenance).toEqual(was.provenance.map(kept<unknown>({ kind: 'missing' })));
          expect(now.pins).toEqual(was.pins.filter((cell) => marks[cell] !== 1));
        });
        const back = applyChange(after, invertChange(change));
        expectSame(back, document);
        expect(sameDocument(back, document)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('gives the very change back where nothing is forgotten', () => {
    const document = having(full(noiseTokens(frame, 1)));
    const elsewhere = paint(document, { x: 70, y: 0, width: 5, height: 5 }, 2);
    expect(forgetChanged(document, elsewhere)).toBe(elsewhere);
    const selected = { selection: fillRect(document.selection, frame.rect, 255) };
    expect(forgetChanged(document, selected)).toBe(selected);
    const original = { original: paint(document, frame.rect, 2).picture! };
    expect(forgetChanged(document, original)).toBe(original);
    const again = applyChange(document, forgetChanged(document, paint(document, spot, 3)));
    const known = paint(again, spot, 4); // that cell is missing by now
    expect(forgetChanged(again, known)).toBe(known);
  });

  test('shares the tokens of frames that show nothing of it', () => {
    const far = noiseTokens({ ...frame, rect: { ...frame.rect, x: 200 } }, 2);
    const document = having(far, full(noiseTokens(frame, 1)));
    const { tokens } = forgetChanged(document, paint(document, spot, 3));
    expect(tokens!.before).toBe(document.tokens);
    expect(tokens!.after[0]).toBe(far);
    expect([...tokens!.after[1]!.grid.ids].indexOf(MASK)).toBe(1);
    expect(tokens!.after[1]!.pins).toEqual([2]);
  });

  test('leaves alone the tokens that the change brings, and forgets in all others', () => {
    const other = full(noiseTokens({ ...frame, columns: 2, rows: 1, scale: 2 }, 2));
    const document = having(full(noiseTokens(frame, 1)), other);
    const brought = full(noiseTokens(frame, 5));
    const painted = paint(document, spot, 3);
    const after = withTokens(document.tokens, brought);
    const { tokens } = forgetChanged(document, { ...painted, tokens: { before: document.tokens, after } });
    expect(tokens!.before).toBe(document.tokens);
    expect(tokens!.after[1]).toBe(brought);
    expect([...tokens!.after[0]!.grid.ids]).toEqual([MASK, other.grid.ids[1]]);
    const far = withTokens(having(noiseTokens(frame, 1)).tokens, brought);
    const own = { ...painted, tokens: { before: document.tokens, after: far } };
    expect(forgetChanged(having(), own)).toBe(own);
  });

  test('drops the tokens of a frame that was cropped away', () => {
    const kept = full(noiseTokens({ ...frame, rect: { ...frame.rect, x: 200 } }, 2));
    const document = having(full(noiseTokens(frame, 1)), kept);
    const change = forgetChanged(document, cropCanvas(document, { x: 190, y: -20, width: 160, height: 300 }));
    expect(change.tokens!.after).toEqual([kept]);
    expect(change.tokens!.after[0]).toBe(kept);
    expectSame(applyChange(applyChange(document, change), invertChange(change)), document);
  });
});
