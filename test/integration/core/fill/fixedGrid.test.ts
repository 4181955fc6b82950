import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillPicture } from '../../../../bench/support.ts';
import type { WindowBatch } from '../../../../core/model/denoiser.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { fillTokens } from '../../../../core/fill/fillTokens.ts';
import { PRESETS } from '../../../../core/sampling/presets.ts';
import { MAX_BATCH } from '../../../../core/sampling/predictions.ts';
import { type LoadedPackage, loadPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { errorOf, tinyFixed } from '../../native-models/runtime/fixtures.ts';
import { boxes, changedOutside, jobOf, patched, pattern } from './support.ts';

const SIDE = 8; // tokens, the only window that the model takes

let model: LoadedPackage;
const batches: WindowBatch[] = [];
beforeAll(async () => {
  const loaded = await loadPackage(tinyFixed());
  model = {
    ...loaded,
    denoiser: {
      ...loaded.denoiser,
      predict(windows, signal) {
        batches.push(windows);
        return loaded.denoiser.predict(windows, signal);
      },
    },
  };
});
afterAll(() => model.dispose());

describe('a model of fixed positions', () => {
  test('fills holes of any size and place, and not one byte beside them', async () => {
    const size = fc.record({
      width: fc.integer({ min: 16, max: 230 }),
      height: fc.integer({ min: 16, max: 200 }),
    });
    const box = fc.tuple(
      fc.nat(229),
      fc.nat(199),
      fc.integer({ min: 1, max: 180 }),
      fc.integer({ min: 1, max: 160 }),
    );
    await fc.assert(
      fc.asyncProperty(
        size,
        box,
        fc.integer({ min: 1, max: 3 }),
        async ({ width, height }, asked, candidates) => {
          const x = asked[0] % width;
          const y = asked[1] % height;
          const place = [x, y, Math.min(asked[2], width - x), Math.min(asked[3], height - y)] as const;
          const picture = pattern(width, height);
          const selection = boxes(width, height, [...place]);
          batches.length = 0;
          const result = await fillPicture(model, jobOf(picture, selection, { candidates }));
          for (const { request, candidates: filled } of result.frames) {
            expect(Math.min(request.grid.width, request.grid.height)).toBeGreaterThanOrEqual(SIDE);
            for (const { grid } of filled) expect(grid.ids).not.toContain(MASK);
          }
          for (const { patches } of result.candidates) {
            expect(changedOutside(picture, patched(picture, patches), selection)).toBe(0);
          }
          expect(batches.every((each) => each.width === SIDE && each.height === SIDE)).toBe(true);
          expect(batches.every(({ batch }) => batch <= MAX_BATCH)).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('lets the windows of a large hole share requests, and averages where they overlap', async () => {
    const ids = new Int32Array(20 * 12).fill(MASK);
    batches.length = 0;
    const [filled] = await fillTokens(model, {
      grid: { width: 20, height: 12, ids },
      sampling: { ...PRESETS.draft, steps: 1, temperature: 0 },
      seed: 1,
      candidates: 1,
    });
    // Four columns and two rows of windows.
    expect(batches.map(({ batch }) => batch)).toEqual([8]);
    const { grid } = filled!;
    expect(grid.ids[0]).toBe(0); // the first cell of one window only
    expect(grid.ids.at(-1)).toBe(7); // the last of one
    // Column 5 of the second row is column 5 of one window and column 1 of the next: their mean has one peak.
    expect(grid.ids[20 + 5]).toBe(1);
  });

  test('says what is too small for it', async () => {
    const grid = { width: 8, height: 7, ids: new Int32Array(56).fill(MASK) };
    const job = { grid, sampling: PRESETS.draft, seed: 1, candidates: 1 };
    expect((await errorOf(fillTokens(model, job))).message).toBe(
      'This model works on at least 8 x 8 tokens; the grid has 8 x 7.',
    );
  });
});
