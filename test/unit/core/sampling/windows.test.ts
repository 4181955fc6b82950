import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Denoiser, WindowBatch } from '../../../../core/model/denoiser.ts';
import { MAX_BATCH, createPredictCells } from '../../../../core/sampling/predictions.ts';
import { coverGrid, placeWindows } from '../../../../core/sampling/windows.ts';
import { MASK } from '../../../../core/tokens/grid.ts';

const side = fc.integer({ min: 4, max: 60 });

const everyCell = (width: number, height: number): Int32Array =>
  Int32Array.from({ length: width * height }, (_, cell) => cell);

describe('coverGrid', () => {
  it('covers every cell with windows of one size inside the grid, neighbours sharing half or more', () => {
    fc.assert(
      fc.property(side, side, fc.integer({ min: 4, max: 20 }), (width, height, max) => {
        const windows = coverGrid(width, height, { min: 4, max }, everyCell(width, height));
        expect([windows.width, windows.height]).toEqual([Math.min(width, max), Math.min(height, max)]);
        for (const [starts, size, length] of [
          [windows.lefts, windows.width, width],
          [windows.tops, windows.height, height],
        ] as const) {
          expect([starts[0], starts.at(-1)! + size]).toEqual([0, length]);
          for (let i = 1; i < starts.length; i++) {
            expect(starts[i]! - starts[i - 1]!).toBeGreaterThan(0);
            expect(starts[i]! - starts[i - 1]!).toBeLessThanOrEqual(size / 2);
          }
        }
      }),
    );
  });

  it('covers a hole with a quarter of a window around it, where the grid has that', () => {
    const span = fc.tuple(fc.nat(59), fc.nat(59));
    fc.assert(
      fc.property(side, fc.integer({ min: 4, max: 20 }), span, (length, max, [one, other]) => {
        const first = Math.min(one, other) % length;
        const last = Math.max(first, Math.max(one, other) % length);
        const { lefts, width } = coverGrid(length, 4, { min: 4, max }, Int32Array.of(first, last));
        const context = Math.floor(width / 4);
        expect(lefts[0]).toBeGreaterThanOrEqual(0);
        expect(lefts[0]).toBeLessThanOrEqual(Math.max(0, first - context));
        expect(lefts.at(-1)! + width).toBeLessThanOrEqual(length);
        expect(lefts.at(-1)! + width).toBeGreaterThanOrEqual(Math.min(length, last + 1 + context));
      }),
    );
  });

  it('takes one window around a hole that fits it, and no more windows than the hole needs', () => {
    const cells = Int32Array.of(20 * 64 + 30, 25 * 64 + 35);
    const windows = coverGrid(64, 64, { min: 8, max: 32 }, cells);
    expect([windows.lefts, windows.tops]).toEqual([Int32Array.of(17), Int32Array.of(7)]);
    const wide = coverGrid(64, 64, { min: 8, max: 32 }, Int32Array.of(20 * 64 + 10, 20 * 64 + 39));
    expect(wide.lefts).toEqual(Int32Array.of(2, 16));
  });

  it('is one window where the grid fits', () => {
    expect(coverGrid(9, 16, { min: 8, max: 16 }, Int32Array.of(3))).toEqual({
      width: 9,
      height: 16,
      lefts: Int32Array.of(0),
      tops: Int32Array.of(0),
    });
  });

  it('refuses a grid that is too small, and says what would do', () => {
    expect(() => coverGrid(20, 7, { min: 8, max: 16 }, Int32Array.of(0))).toThrow(
      'This model works on at least 8 x 8 tokens; the grid has 20 x 7.',
    );
  });
});

describe('placeWindows', () => {
  it('leaves out windows that hold none of the cells', () => {
    const windows = coverGrid(32, 8, { min: 8, max: 8 }, everyCell(32, 8));
    expect(placeWindows(windows, 32, Int32Array.of(33, 34))).toEqual([
      { left: 0, top: 0, positions: Int32Array.of(0, 1) },
    ]);
    expect(placeWindows(windows, 32, Int32Array.of(6)).map(({ left }) => left)).toEqual([0, 4]);
  });
});

/** Says of each cell what column of its window it stands in: p(0) = (1 + column) / 16. */
function columnDenoiser(max: number, calls: WindowBatch[] = []): Denoiser {
  return {
    codes: 2,
    window: { min: 2, max },
    predict(windows) {
      calls.push(windows);
      const logits = Array.from(windows.select, (flat) => {
        const p = (1 + (flat % windows.width)) / 16;
        return [Math.log(p) + 5, Math.log(1 - p) + 5];
      });
      return Promise.resolve(Float32Array.from(logits.flat()));
    },
  };
}

describe('createPredictCells', () => {
  const probability = (rows: Float32Array, offset: number): number =>
    1 / (1 + Math.exp(rows[offset + 1]! - rows[offset]!));

  it('averages the probabilities of all windows that cover a cell', async () => {
    const predictCells = createPredictCells(columnDenoiser(8), { width: 20, height: 8 }, everyCell(20, 8));
    const ids = new Int32Array(160).fill(MASK);
    const found: number[] = [];
    await predictCells([{ ids, cells: Int32Array.of(2, 6, 11) }], 0, (_, rows, offset) => {
      for (let i = 0; i < 3; i++) found[i] = probability(rows, offset + 2 * i);
    });
    // Windows begin at 0, 4, 8 and 12: column 2 lies in one, column 6 in two (as 6 and 2), column 11 in two (as 7 and 3).
    expect(found[0]).toBeCloseTo(3 / 16, 6);
    expect(found[1]).toBeCloseTo((7 + 3) / 32, 6);
    expect(found[2]).toBeCloseTo((8 + 4) / 32, 6);
  });

  it.each([8, 24])(
    'gives every ask once and in order, a row for each cell, with windows of %i',
    async (max) => {
      // Each row tells which token stands at its cell, so it tells where it comes from.
      const calls: WindowBatch[] = [];
      const denoiser: Denoiser = {
        ...columnDenoiser(max),
        predict(windows) {
          calls.push(windows);
          const shares = Array.from(windows.select, (flat) => (1 + windows.tokens[flat]!) / 1000);
          return Promise.resolve(Float32Array.from(shares.flatMap((p) => [Math.log(p), Math.log(1 - p)])));
        },
      };
      const predictCells = createPredictCells(denoiser, { width: 24, height: 24 }, everyCell(24, 24));
      const asks = [0, 1, 2].map((shift) => ({
        ids: Int32Array.from({ length: 576 }, (_, cell) => cell + shift),
        cells: shift === 1 ? new Int32Array(0) : Int32Array.from({ length: 60 }, (_, i) => shift + 9 * i),
      }));
      const seen: number[] = [];
      await predictCells(asks, 7, (ask, rows, offset) => {
        seen.push(ask);
        asks[ask]!.cells.forEach((cell, i) => {
          expect(probability(rows, offset + 2 * i)).toBeCloseTo((1 + cell + ask) / 1000, 6);
        });
      });
      expect(seen).toEqual([0, 2]);
      expect(calls.every(({ batch }) => batch <= MAX_BATCH)).toBe(true);
    },
  );

  it('puts all candidates of a grid that fits into one call, each with its own tokens', async () => {
    const calls: WindowBatch[] = [];
    const predictCells = createPredictCells(
      columnDenoiser(4, calls),
      { width: 4, height: 3 },
      everyCell(4, 3),
    );
    const asks = [5, 6].map((id) => ({ ids: new Int32Array(12).fill(id), cells: Int32Array.of(1, id) }));
    await predictCells(asks, 7, () => undefined);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ batch: 2, width: 4, height: 3, timestep: 7 });
    expect([...calls[0]!.select]).toEqual([1, 5, 12 + 1, 12 + 6]);
    expect([...calls[0]!.tokens]).toEqual([...asks[0]!.ids, ...asks[1]!.ids]);
  });

  it('asks nothing where nothing is wanted', async () => {
    const calls: WindowBatch[] = [];
    await createPredictCells(columnDenoiser(4, calls), { width: 4, height: 4 }, everyCell(4, 4))(
      [{ ids: new Int32Array(16), cells: new Int32Array(0) }],
      0,
      () => undefined,
    );
    expect(calls).toHaveLength(0);
  });

  it('refuses an answer of the wrong size', async () => {
    const denoiser: Denoiser = { ...columnDenoiser(4), predict: () => Promise.resolve(new Float32Array(3)) };
    const ask = { ids: new Int32Array(16), cells: Int32Array.of(1, 2) };
    await expect(
      createPredictCells(denoiser, { width: 4, height: 4 }, ask.cells)([ask], 0, () => undefined),
    ).rejects.toMatchObject({
      code: 'package',
      message: 'The denoiser gave 3 numbers where 2 x 2 were due.',
    });
  });
});
