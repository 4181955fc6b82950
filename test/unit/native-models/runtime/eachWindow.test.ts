import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WindowBatch } from '../../../../core/model/denoiser.ts';
import { eachWindow } from '../../../../native-models/runtime/eachWindow.ts';

const K = 3;
const CELLS = 6; // 3 x 2 tokens

/** A denoiser whose logits for a cell are its token, its index in the window and its class. */
function predict({ tokens, select }: WindowBatch): Promise<Float32Array> {
  const cells = [...select].flatMap((cell) => [tokens[cell]!, cell % CELLS, 7]);
  return Promise.resolve(Float32Array.from(cells));
}

describe('eachWindow', () => {
  it('gives what the batch would, for any selection in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.nat(), { maxLength: 30 }),
        async (batch, picks) => {
          const tokens = Int32Array.from({ length: batch * CELLS }, (_, i) => 100 + i);
          const select = Int32Array.from(picks, (pick) => pick % tokens.length);
          const windows = { batch, width: 3, height: 2, tokens, select };
          expect(await eachWindow(predict, K)(windows)).toEqual(await predict(windows));
        },
      ),
    );
  });

  it('runs one window at a time, and none without selected cells', async () => {
    const seen: number[] = [];
    const counted = (windows: WindowBatch) => {
      expect(windows.batch).toBe(1);
      expect(windows.tokens.length).toBe(CELLS);
      seen.push(windows.tokens[0]!);
      return predict(windows);
    };
    const tokens = Int32Array.from({ length: 3 * CELLS }, (_, i) => i);
    await eachWindow(counted, K)({ batch: 3, width: 3, height: 2, tokens, select: Int32Array.of(17, 0, 12) });
    expect(seen).toEqual([0, 12]);
  });
});
