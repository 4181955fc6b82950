import type { Rect } from '../pixels/picture.ts';
import type { Mask } from './mask.ts';
import type { Runs } from './runs.ts';
import { runsOf } from './runs.ts';

/** One connected part of a selection (pixels that touch by a side or a corner). */
export interface Blob {
  readonly bounds: Rect;
  readonly area: number; // px
}

/** The connected parts of a mask, in the order of their first pixel. */
export interface Blobs {
  readonly list: readonly Blob[];
  /** The part of the mask that is blob `index`, at the mask's size. */
  readonly maskOf: (index: number) => Mask;
}

/** Finds the connected parts of what is selected, by joining the runs of each row with those above (union-find). */
export function blobs(mask: Mask): Blobs {
  const runs = runsOf(mask);
  const labels = labelRuns(joinRows(runs, mask.height));
  const list = measure(runs, labels, mask.height);
  const maskOf = (index: number): Mask => {
    const data = new Uint8Array(mask.data.length);
    for (let y = 0; y < mask.height; y++) {
      for (let r = runs.rows[y]!; r < runs.rows[y + 1]!; r++) {
        if (labels[r] !== index) continue;
        const from = y * mask.width + runs.from[r]!;
        data.set(mask.data.subarray(from, y * mask.width + runs.to[r]!), from);
      }
    }
    return { width: mask.width, height: mask.height, data };
  };
  return { list, maskOf };
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

/** The blob of each run, numbered from 0; `parent` never points forwards. */
function labelRuns(parent: Int32Array): Int32Array {
  const labels = new Int32Array(parent.length);
  let count = 0;
  for (let r = 0; r < parent.length; r++) labels[r] = parent[r] === r ? count++ : labels[parent[r]!]!;
  return labels;
}

interface Extent {
  left: number;
  right: number;
  readonly top: number;
  bottom: number;
  area: number;
}

function measure({ rows, from, to }: Runs, labels: Int32Array, height: number): Blob[] {
  const extents: Extent[] = [];
  for (let y = 0; y < height; y++) {
    for (let r = rows[y]!; r < rows[y + 1]!; r++) {
      const left = from[r]!;
      const right = to[r]!;
      const extent = (extents[labels[r]!] ??= { left, right, top: y, bottom: y, area: 0 });
      if (left < extent.left) extent.left = left;
      if (right > extent.right) extent.right = right;
      extent.bottom = y;
      extent.area += right - left;
    }
  }
  return extents.map(({ left, right, top, bottom, area }) => {
    return { bounds: { x: left, y: top, width: right - left, height: bottom - top + 1 }, area };
  });
}
