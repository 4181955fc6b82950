import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChange } from '../../../../../core/document/applyChange.ts';
import { invertChange } from '../../../../../core/document/change.ts';
import { remakeDocument } from '../../../../../core/document/remake/remakeDocument.ts';
import { type Turn, turning, turnRect, TURNS } from '../../../../../core/document/remake/turning.ts';
import { readRect } from '../../../../../core/raster/flat.ts';
import { forEachPixel, noiseSelection, rects } from '../../raster/support.ts';
import { seed } from '../../pixels/random.ts';
import { expectSame, noiseDocument, paint } from '../support.ts';

const document = fc.tuple(rects(), rects(60), seed).map(([canvas, spot, random]) => {
  const opened = { ...noiseDocument(canvas, random), selection: noiseSelection(canvas, random) };
  return applyChange(opened, paint(opened, spot, random));
});
const BACK: Readonly<Record<Turn, Turn>> = {
  left: 'right',
  right: 'left',
  half: 'half',
  horizontal: 'horizontal',
  vertical: 'vertical',
};

describe('turning', () => {
  test('puts every pixel where its square comes to lie, and changes none', async () => {
    await fc.assert(
      fc.asyncProperty(document, fc.constantFrom(...TURNS), async (before, turn) => {
        const after = applyChange(before, await remakeDocument(before, turning(before.canvas, turn)));
        for (const name of ['picture', 'original', 'selection'] as const) {
          const { channels } = before[name];
          const was = readRect(before[name], before.canvas);
          const is = readRect(after[name], after.canvas);
          let wrong = 0;
          let i = 0;
          forEachPixel(before.canvas, (x, y) => {
            const to = turnRect({ x, y, width: 1, height: 1 }, before.canvas, turn);
            const j = ((to.y - after.canvas.y) * after.canvas.width + to.x - after.canvas.x) * channels;
            for (let c = 0; c < channels; c++) if (was[i + c] !== is[j + c]) wrong++;
            i += channels;
          });
          expect(wrong).toBe(0);
        }
      }),
      { numRuns: 15 },
    );
  });

  test('and back is as it was', async () => {
    await fc.assert(
      fc.asyncProperty(document, fc.constantFrom(...TURNS), async (before, turn) => {
        const change = await remakeDocument(before, turning(before.canvas, turn));
        const after = applyChange(before, change);
        expectSame(applyChange(after, invertChange(change)), before);
        const back = applyChange(after, await remakeDocument(after, turning(after.canvas, BACK[turn])));
        expect(back.canvas).toEqual(before.canvas);
        expect(Buffer.compare(readRect(back.picture, back.canvas), readRect(before.picture, before.canvas))).toBe(0); // prettier-ignore
      }),
      { numRuns: 10 },
    );
  });

  test('turns left as a person sees it', async () => {
    const before = noiseDocument({ x: 0, y: 0, width: 3, height: 2 });
    const after = applyChange(before, await remakeDocument(before, turning(before.canvas, 'left')));
    const upperRight = readRect(before.picture, { x: 2, y: 0, width: 1, height: 1 });
    expect(after.canvas).toEqual({ x: 0, y: 0, width: 2, height: 3 });
    expect(readRect(after.picture, { x: 0, y: 0, width: 1, height: 1 })).toEqual(upperRight);
  });
});

describe('remakeDocument', () => {
  test('forgets every token, says that pixels moved, and shares what picture and original have in common', async () => {
    const opened = noiseDocument({ x: 0, y: 0, width: 600, height: 20 });
    const frame = { rect: { x: 0, y: 0, width: 16, height: 16 }, scale: 1, columns: 2, rows: 2 };
    const tokens = {
      package: { id: 'p', sha256: 's' },
      frame,
      grid: { width: 2, height: 2, ids: new Int32Array(4) },
      pins: [],
      provenance: [],
    };
    const painted = applyChange(opened, paint(opened, { x: 590, y: 0, width: 9, height: 9 }, 3));
    const before = { ...painted, frame, tokens: [tokens] };
    const change = await remakeDocument(before, turning(before.canvas, 'half'));
    const after = applyChange(before, change);
    expect(change.canvas?.moved).toBe(true);
    expect(invertChange(change).canvas?.moved).toBe(true);
    expect(after.tokens).toEqual([]);
    expect(after.frame).toBeNull();
    const shared = [...after.picture.tiles].filter(([key, tile]) => after.original.tiles.get(key) === tile);
    expect(shared.length).toBeGreaterThan(0);
    expect(shared.length).toBeLessThan(after.picture.tiles.size);
  });

  test('is stopped on request', async () => {
    const before = noiseDocument({ x: 0, y: 0, width: 3000, height: 1000 });
    const signal = { aborted: true };
    await expect(remakeDocument(before, turning(before.canvas, 'left'), { signal })).rejects.toMatchObject({
      code: 'aborted',
    });
  });
});
