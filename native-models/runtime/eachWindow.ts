import type { Abort } from '../../core/base/abort.ts';
import type { Predict, WindowBatch } from '../../core/model/denoiser.ts';

/**
 * Runs a batch window by window. Weights of 8 bits scale their activations by the largest of the whole run, so a
 * window's logits would depend on its neighbours in the batch; alone, with all of its conditions, they do not, and a candidate is the same
 * however many others are asked for. On the CPU this costs nothing, and an abort is seen between windows.
 */
export function eachWindow(predict: Predict, codes: number): Predict {
  return async (windows, signal) => {
    if (windows.batch === 1) return predict(windows, signal);
    const times = Math.max(1, windows.conditions?.length ?? 1);
    const logits = new Float32Array(times * windows.select.length * codes); // [C, M, K]
    for (let b = 0; b < windows.batch; b++) {
      await fillRows(predict, windows, b, logits, codes, signal);
    }
    return logits;
  };
}

/** Writes the logits of the selected cells of window `b` to their rows; skips a window that has none. */
async function fillRows(
  predict: Predict,
  windows: WindowBatch,
  b: number,
  logits: Float32Array,
  codes: number,
  signal?: Abort,
): Promise<void> {
  const cells = windows.width * windows.height;
  const rows = rowsOfWindow(windows.select, b, cells);
  if (rows.length === 0) return;
  const select = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) select[i] = windows.select[rows[i]!]! - b * cells;
  const tokens = windows.tokens.subarray(b * cells, (b + 1) * cells);
  const own = await predict({ ...windows, batch: 1, tokens, select }, signal);
  const times = own.length / (rows.length * codes); // conditions: those of one window stay together
  for (let c = 0; c < times; c++) {
    for (let i = 0; i < rows.length; i++) {
      const from = (c * rows.length + i) * codes;
      logits.set(own.subarray(from, from + codes), (c * windows.select.length + rows[i]!) * codes);
    }
  }
}

/** Which entries of `select` lie in window `b`. */
function rowsOfWindow(select: Int32Array, b: number, cells: number): number[] {
  const rows: number[] = [];
  for (let i = 0; i < select.length; i++) {
    if (Math.floor(select[i]! / cells) === b) rows.push(i);
  }
  return rows;
}
