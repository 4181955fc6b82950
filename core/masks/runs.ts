import type { Mask } from './mask.ts';
import { scanOf } from './scan.ts';

/** The selected pixels of a mask as runs along its rows. */
export interface Runs {
  readonly rows: Int32Array; // [height + 1], index of each row's first run
  readonly from: Int32Array; // first pixel of each run
  readonly to: Int32Array; // one past its last
}

/** Finds the runs. What is not selected costs next to nothing. */
export function runsOf({ width, height, data }: Mask): Runs {
  const rows = new Int32Array(height + 1);
  let from = new Int32Array(1024);
  let to = new Int32Array(1024);
  let count = 0;
  let row = 0; // rows[0 .. row] are known
  const next = scanOf(data);
  for (let i = next(0, data.length); i < data.length; i = next(i, data.length)) {
    const y = Math.floor(i / width);
    rows.fill(count, row + 1, y + 1);
    row = y;
    if (count === from.length) {
      from = doubled(from);
      to = doubled(to);
    }
    const start = y * width;
    const end = start + width;
    from[count] = i - start;
    while (i < end && data[i]! > 0) i++;
    to[count++] = i - start;
  }
  rows.fill(count, row + 1);
  return { rows, from: from.subarray(0, count), to: to.subarray(0, count) };
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
