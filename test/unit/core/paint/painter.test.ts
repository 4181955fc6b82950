import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regionOfCells } from '../../../../core/frames/regionFor.ts';
import { crop } from '../../../../core/pixels/crop.ts';
import type { Rect } from '../../../../core/base/geometry.ts';
import { intersectRects } from '../../../../core/base/geometry.ts';
import { createGrid, type TokenGrid } from '../../../../core/tokens/grid.ts';
import { createPainter } from '../../../../core/paint/painter.ts';
import { blending, CODES, frameAt, pictureOf } from './support.ts';

const changed = (grid: TokenGrid, cells: readonly number[], id: number): TokenGrid => {
  const ids = grid.ids.slice();
  for (const cell of cells) ids[cell] = id;
  return { ...grid, ids };
};

const random = (grid: number): TokenGrid =>
  createGrid(
    12,
    10,
    Array.from({ length: 120 }, (_, i) => (i * 7919 + grid * 31 + (i >> 2)) % CODES),
  );

/** Which px of a document lie in the squares of cells. */
const inFootprint = (cells: readonly number[], rect: Rect, unit: number) => {
  const set = new Set(cells);
  return (x: number, y: number): boolean => {
    const column = Math.floor((x - rect.x) / unit);
    const row = Math.floor((y - rect.y) / unit);
    return column >= 0 && column < 12 && row >= 0 && row < 10 && set.has(row * 12 + column);
  };
};

const paintings = fc.record({
  unit: fc.constantFrom(3, 4, 8, 14),
  x: fc.integer({ min: -20, max: 9 }),
  y: fc.integer({ min: -9, max: 9 }),
  cells: fc.uniqueArray(fc.integer({ min: 0, max: 119 }), { minLength: 1, maxLength: 9 }),
  id: fc.integer({ min: 0, max: CODES - 1 }),
  grid: fc.nat(50),
  seed: fc.nat(1000),
});

describe('painting', () => {
  it('changes every pixel of the footprint that it should, and not one beside it', async () => {
    await fc.assert(
      fc.asyncProperty(paintings, async ({ unit, x, y, cells, id, grid, seed }) => {
        const frame = frameAt(x, y, 12, 10, unit);
        const canvas = { x: 0, y: 0, width: 90, height: 61 };
        const data = Uint8Array.from(
          { length: 90 * 61 * 4 },
          (_, i) => (i * 197 + seed * 13 + (i >> 7)) % 256,
        );
        const before = random(grid);
        const seen = { frame, region: canvas, picture: data };
        const after = changed(before, cells, id);
        const { rect, data: pixels } = await createPainter(blending, seen, before, cells).paint(after);

        const inside = inFootprint(cells, frame.rect, unit);
        let painted = 0;
        let wrong = 0;
        for (let j = 0; j < rect.height; j++) {
          for (let i = 0; i < rect.width; i++) {
            const from = 4 * (j * rect.width + i);
            const at = 4 * ((rect.y + j) * 90 + rect.x + i);
            if (inside(rect.x + i, rect.y + j)) {
              painted++;
              if (pixels[from + 3] !== 255) wrong++; // what is painted is opaque
            } else if ([0, 1, 2, 3].some((c) => pixels[from + c] !== data[at + c])) wrong++;
          }
        }
        expect(wrong).toBe(0);
        let due = 0;
        for (let j = 0; j < 61; j++) for (let i = 0; i < 90; i++) if (inside(i, j)) due++;
        expect(painted).toBe(due);
      }),
      { numRuns: 40 },
    );
  });

  it('shows the decoded tokens, with the error that the tokenizer had there', async () => {
    const frame = frameAt(0, 0, 12, 10, 4);
    const before = random(1);
    const after = changed(before, [40, 41, 52, 53], 3);
    const offset = 9; // the picture is brighter than its tokens
    const picture = pictureOf(await blending.decode(before), offset);
    const region = { x: 0, y: 0, width: picture.width, height: picture.height };
    const seen = { frame, region, picture: picture.data };
    const patch = await createPainter(blending, seen, before, [40, 41, 52, 53]).paint(after);
    expect(patch.rect).toEqual({ x: 16, y: 12, width: 8, height: 8 });
    const wanted = crop(pictureOf(await blending.decode(after), offset), patch.rect);
    patch.data.forEach((value, i) => {
      expect(Math.abs(value - wanted.data[i]!)).toBeLessThanOrEqual(1);
    });
  });

  it('needs no more of the picture than the cells and a pixel around them, wherever the document begins', async () => {
    const frame = frameAt(-8, 16, 12, 10, 8);
    const canvas = { x: -3, y: 20, width: 80, height: 70 };
    const whole = pictureOf({
      width: 80,
      height: 70,
      data: new Float32Array(3 * 80 * 70).map((_, i) => (i % 97) / 97),
    });
    const cells = [13, 14, 25, 26];
    const before = random(2);
    const after = changed(before, cells, 5);
    const all = await createPainter(
      blending,
      { frame, region: canvas, picture: whole.data },
      before,
      cells,
    ).paint(after);
    const region = regionOfCells(frame, cells, canvas);
    const part = crop(whole, { ...region, x: region.x - canvas.x, y: region.y - canvas.y });
    const few = await createPainter(blending, { frame, region, picture: part.data }, before, cells).paint(
      after,
    );
    expect(few).toEqual(all);
    expect(few.rect).toEqual(intersectRects({ x: 0, y: 24, width: 16, height: 16 }, canvas));
  });

  it('decodes the neighbourhood alone, and what was before once', async () => {
    const frame = frameAt(0, 0, 12, 10, 4);
    const before = random(3);
    const picture = pictureOf(await blending.decode(before));
    const seen = { frame, region: { x: 0, y: 0, width: 48, height: 40 }, picture: picture.data };
    const painter = createPainter(blending, seen, before, [0, 119]);
    blending.decoded.length = 0;
    await painter.paint(changed(before, [0, 119], 1));
    await painter.paint(changed(before, [0, 119], 2));
    expect(blending.decoded.map(({ width, height }) => [width, height])).toEqual(new Array(6).fill([3, 3]));
  });

  it('gives nothing where the cells lie outside the picture', async () => {
    const frame = frameAt(0, 0, 12, 10, 4);
    const seen = { frame, region: { x: 0, y: 0, width: 8, height: 8 }, picture: new Uint8Array(256) };
    const patch = await createPainter(blending, seen, random(1), [119]).paint(random(2));
    expect(patch.data).toHaveLength(0);
  });
});
