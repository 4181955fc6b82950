import type { Mask } from './mask.ts';

/** The selected pixels of a mask as runs along its rows. */
interface Runs {
  readonly rows: Int32Array; // [height + 1], index of each row's first run
  readonly from: Int32Array; // first pixel of each run
  readonly to: Int32Array; // one past its last
}

/** Finds the runs; four pixels at a time where nothing is selected. */
function runsOf({ width, height, data }: Mask): Runs {
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

/** The runs of a mask and which connected part each belongs to. */
export interface LabelledRuns extends Runs {
  readonly labels: Int32Array; // per run, 0 .. count - 1
  readonly count: number; // connected parts
}

/** Finds the connected parts (by sides and corners) by joining the runs of each row with those above (union-find). */
export function labelRuns(mask: Mask): LabelledRuns {
  const runs = runsOf(mask);
  return { ...runs, ...number(joinRows(runs, mask.height)) };
}

/** For each run one that it is joined with and that is not later, the first of a blob being its own. */
function joinRows({ rows, from, to }: Runs, height: number): Int32Array {
  const parent = new Int32Array(from.length);
  for (let r = 0; r < parent.length; r++) parent[r] = r;
  const find = (r: number): number => {
    while (parent[r] !== r) {
      parent[r] = parent[parent[r]!]!; // path halving
      r = parent[r]!;
    }
    return r;
  };
  for (let y = 1; y < height; y++) {
    let above = rows[y - 1]!;
    const endAbove = rows[y]!;
    for (let r = endAbove; r < rows[y + 1]!; r++) {
      // `to` is past the end, so touching at a corner is from <= to on both sides.
      while (above < endAbove && to[above]! < from[r]!) above++;
      for (let k = above; k < endAbove && from[k]! <= to[r]!; k++) {
        const a = find(k);
        const b = find(r);
        if (a < b) parent[b] = a;
        else parent[a] = b;
      }
    }
  }
  return parent;
}

/** Numbers from 0, in the order of first runs; `parent` never points forwards. */
function number(parent: Int32Array): { labels: Int32Array; count: number } {
  const labels = new Int32Array(parent.length);
  let count = 0;
  for (let r = 0; r < parent.length; r++) labels[r] = parent[r] === r ? count++ : labels[parent[r]!]!;
  return { labels, count };
}
