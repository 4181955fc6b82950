import type { Mask } from './mask.ts';

/** The selected pixels of a mask as runs along its rows. */
export interface Runs {
  readonly rows: Int32Array; // [height + 1], index of each row's first run
  readonly from: Int32Array; // first pixel of each run
  readonly to: Int32Array; // one past its last
}

/** Finds the runs; four pixels at a time where nothing is selected. */
export function runsOf({ width, height, data }: Mask): Runs {
  const rows = new Int32Array(height + 1);
  let from = new Int32Array(1024);
  let to = new Int32Array(1024);
  let count = 0;
  const aligned = data.byteOffset % 4 === 0;
  const words = aligned ? new Uint32Array(data.buffer, data.byteOffset, data.length >> 2) : null;
  for (let y = 0; y < height; y++) {
    rows[y] = count;
    const start = y * width;
    const end = start + width;
    for (let i = start; i < end;) {
      i = nextSelected(data, words, i, end);
      if (i >= end) break;
      if (count === from.length) {
        from = doubled(from);
        to = doubled(to);
      }
      from[count] = i - start;
      while (i < end && data[i]! > 0) i++;
      to[count++] = i - start;
    }
  }
  rows[height] = count;
  return { rows, from: from.subarray(0, count), to: to.subarray(0, count) };
}

function nextSelected(data: Uint8Array, words: Uint32Array | null, i: number, end: number): number {
  if (words) {
    for (; i < end && (i & 3) !== 0; i++) if (data[i]! > 0) return i;
    while (i + 4 <= end && words[i >> 2] === 0) i += 4;
  }
  while (i < end && data[i] === 0) i++;
  return i;
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
