import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGrid } from '../../../../core/tokens/grid.ts';
import { decodeTokens, encodePicture } from '../../../../core/paint/codec.ts';
import { fillTokens } from '../../../../core/fill/fillTokens.ts';
import type { LoadedPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { jobOf, boxes, loadTiny, pattern } from '../fill/support.ts';

let model: LoadedPackage;
beforeAll(async () => {
  model = await loadTiny();
});
afterAll(() => model.dispose());

describe('encodePicture and decodeTokens', () => {
  test('cover the picture with whole tokens and give back its size', async () => {
    const { grid, frame } = await encodePicture(model.tokenizer, pattern(61, 50));
    expect([grid.width, grid.height]).toEqual([8, 7]);
    expect(frame).toEqual({ rect: { x: 0, y: 0, width: 64, height: 56 }, scale: 1, columns: 8, rows: 7 });
    const picture = await decodeTokens(model.tokenizer, grid, { size: { width: 61, height: 50 } });
    expect([picture.width, picture.height]).toEqual([61, 50]);
  });

  test('work at a scale', async () => {
    const { grid, frame } = await encodePicture(model.tokenizer, pattern(100, 60), { scale: 2.5 });
    expect([grid.width, grid.height, frame.scale]).toEqual([5, 3, 2.5]);
    const picture = await decodeTokens(model.tokenizer, grid, { scale: 2.5 });
    expect([picture.width, picture.height]).toEqual([100, 60]);
  });

  test('give back the grey levels of the codebook', async () => {
    const grid = createGrid(3, 2, [0, 1, 2, 5, 6, 7]);
    const picture = await decodeTokens(model.tokenizer, grid);
    const again = await encodePicture(model.tokenizer, picture);
    expect(again.grid.ids).toEqual(grid.ids);
    expect(picture.data[4 * (12 * 24 + 20)]).toBe(255);
  });

  test('refuse a picture of too few tokens and a grid with gaps', async () => {
    await expect(encodePicture(model.tokenizer, pattern(20, 20), { scale: 4 })).rejects.toThrow(
      /1 x 1 tokens/,
    );
    await expect(decodeTokens(model.tokenizer, createGrid(3, 3))).rejects.toThrow(
      /9 of 9 tokens are missing/,
    );
  });
});

describe('fillTokens', () => {
  test('fills what is missing and keeps the rest', async () => {
    const grid = createGrid(
      6,
      6,
      Array.from({ length: 36 }, (_, i) => (i % 5 === 0 ? -1 : i % 8)),
    );
    const { sampling } = jobOf(pattern(16, 16), boxes(16, 16));
    const filled = await fillTokens(model, { grid, sampling, seed: 3, candidates: 2 });
    for (const candidate of filled) {
      candidate.grid.ids.forEach((id, cell) => {
        if (grid.ids[cell]! >= 0) expect(id).toBe(grid.ids[cell]);
        else expect(id).toBeGreaterThanOrEqual(0);
      });
    }
  });
});
