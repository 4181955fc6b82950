import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyChange } from '../../../../core/document/applyChange.ts';
import type { Change } from '../../../../core/document/change.ts';
import { type Document, type FrameTokens, sameDocument } from '../../../../core/document/document.ts';
import { forgetChanged } from '../../../../core/document/forgetChanged.ts';
import { createHistory, push, redo, undo } from '../../../../core/document/history.ts';
import { paintTokens, pinTokens, tokensOf, withTokens } from '../../../../core/document/tokenSheets.ts';
import type { Frame } from '../../../../core/frames/frame.ts';
import { intersectRects, isEmptyRect } from '../../../../core/base/geometry.ts';
import { applyPatch, composePatches } from '../../../../core/raster/patch.ts';
import type { RasterPatch } from '../../../../core/raster/raster.ts';
import { writeRect } from '../../../../core/raster/write.ts';
import { brushCells, bucketCells, lineCells, rectangleCells } from '../../../../core/tokens/cells.ts';
import { putTokens, replaceEdit, setEdit, type TokenEdit } from '../../../../core/tokens/edit.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { cellRect } from '../../../../core/frames/cellRects.ts';
import { flipStamp, stampEdit, takeStamp } from '../../../../core/tokens/stamp.ts';
import { seed } from '../pixels/random.ts';
import { noiseBytes } from '../raster/support.ts';
import { expectSame, noiseDocument, paint } from './support.ts';
import { framesAround, noiseTokens } from './tokens.ts';

const canvas = { x: -50, y: -20, width: 400, height: 300 };
const start = noiseDocument(canvas);
const CODES = 9;

/** What a person does to the tokens of a frame. */
type Edit = (sheet: FrameTokens) => TokenEdit | FrameTokens;

/** Any two cells, a code, and a width of the brush. */
const place = fc.record({
  a: fc.nat(),
  b: fc.nat(),
  id: fc.nat(CODES - 1),
  width: fc.integer({ min: 1, max: 9 }),
});

const edits: fc.Arbitrary<Edit> = fc
  .tuple(place, fc.constantFrom('brush', 'line', 'rectangle', 'bucket', 'stamp', 'replace', 'pin', 'unpin'))
  .map(([{ a, b, id, width }, kind]): Edit => (sheet) => {
    const { grid } = sheet;
    const from = a % grid.ids.length;
    const to = b % grid.ids.length;
    const block = rectangleCells(grid, from, to);
    switch (kind) {
      case 'brush':
        return setEdit(brushCells(grid, from, width), id);
      case 'line':
        return setEdit(lineCells(grid, from, to, width), id);
      case 'rectangle':
        return setEdit(block, id);
      case 'bucket':
        return setEdit(bucketCells(grid, from), id);
      case 'stamp': {
        if (block.every((cell) => grid.ids[cell] === MASK)) return sheet;
        const stamp = flipStamp(takeStamp(sheet.package, grid, block), width % 2 ? 'horizontal' : 'vertical');
        return stampEdit(stamp, grid, (b % 12) - 4, (a % 12) - 4);
      }
      case 'replace':
        return replaceEdit(grid, new Set([id, grid.ids[from]!]), (id + 1) % CODES, block);
      default:
        return pinTokens(sheet, block, kind === 'pin');
    }
  });

/** What painting commits: other pixels in the squares of the cells that change, and the tokens. */
function changeOf(
  document: Document,
  frame: Frame,
  edit: Edit,
  hole: ReadonlySet<number>,
  random: number,
): Change {
  const sheet = tokensOf(document, frame, 'ab12')!;
  const edited = edit(sheet);
  if ('frame' in edited) return edited === sheet ? {} : tokensSwapped(document, edited);
  const patch = putTokens(sheet.grid, edited);
  if (patch.cells.length === 0) return {};
  const squares = [...patch.cells].map((cell) => intersectRects(cellRect(frame, cell), canvas));
  let picture: RasterPatch = { changes: [] };
  for (const rect of squares.filter((square) => !isEmptyRect(square))) {
    const next = writeRect(applyPatch(document.picture, picture), rect, noiseBytes(rect, 4, random));
    picture = composePatches(picture, next);
  }
  return { picture, ...tokensSwapped(document, paintTokens(sheet, patch, hole)) };
}

function tokensSwapped({ tokens }: Document, newer: FrameTokens): Change {
  return { tokens: { before: tokens, after: withTokens(tokens, newer) } };
}

/** Tokens as they may be: what is missing says so, and is not pinned. */
function expectSound({ grid, pins, provenance }: FrameTokens): void {
  expect(provenance).toHaveLength(grid.ids.length);
  grid.ids.forEach((id, cell) => {
    expect(id === MASK).toBe(provenance[cell]!.kind === 'missing');
  });
  expect(pins.every((cell) => grid.ids[cell] !== MASK)).toBe(true);
}

const steps = fc.array(
  fc.record({ edit: edits, hole: fc.array(fc.nat(63)), random: seed, brush: fc.boolean(), which: fc.nat(2) }),
  { minLength: 1, maxLength: 8 },
);

test('whatever is painted, stamped, replaced, pinned and painted over is undone and redone exactly', () => {
  fc.assert(
    fc.property(
      fc.array(framesAround, { minLength: 1, maxLength: 3 }),
      seed,
      steps,
      (frames, random, list) => {
        const tokens = frames.map((frame, i) => noiseTokens(frame, random + i, CODES)).reduce(withTokens, []);
        let document: Document = { ...start, tokens };
        let history = createHistory();
        const states = [document];
        for (const { edit, hole, random, brush, which } of list) {
          const { frame } = document.tokens[which % document.tokens.length]!;
          const spot = intersectRects({ ...frame.rect, width: 9, height: 9 }, canvas);
          const plain =
            brush && !isEmptyRect(spot)
              ? paint(document, spot, random)
              : changeOf(document, frame, edit, new Set(hole), random);
          const change = forgetChanged(document, plain);
          document = applyChange(document, change);
          document.tokens.forEach(expectSound);
          const next = push(history, document, { label: 'Edit', details: [], at: 0, change });
          if (next !== history) states.push(document);
          history = next;
        }
        for (let at = states.length - 2; at >= 0; at--) {
          ({ document, history } = undo(document, history)!);
          expect(sameDocument(document, states[at]!)).toBe(true);
          expectSame(document, states[at]!);
        }
        for (const state of states.slice(1)) {
          ({ document, history } = redo(document, history)!);
          expect(sameDocument(document, state)).toBe(true);
        }
      },
    ),
    { numRuns: 40 },
  );
});
