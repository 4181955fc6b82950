import type { Mask } from './mask.ts';
import type { Runs } from './runs.ts';
import { runsOf } from './runs.ts';

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
