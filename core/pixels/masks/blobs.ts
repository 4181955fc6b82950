import type { Rect } from '../../base/geometry.ts';
import type { Mask } from './mask.ts';
import type { LabelledRuns } from './labels.ts';
import { labelRuns } from './labels.ts';

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

/** Finds the connected parts of what is selected. */
export function blobs(mask: Mask): Blobs {
  const runs = labelRuns(mask);
  const list = measure(runs, mask.height);
  const maskOf = (index: number): Mask => {
    const data = new Uint8Array(mask.data.length);
    for (let y = 0; y < mask.height; y++) {
      for (let r = runs.rows[y]!; r < runs.rows[y + 1]!; r++) {
        if (runs.labels[r] !== index) continue;
        const from = y * mask.width + runs.from[r]!;
        data.set(mask.data.subarray(from, y * mask.width + runs.to[r]!), from);
      }
    }
    return { width: mask.width, height: mask.height, data };
  };
  return { list, maskOf };
}

interface Extent {
  left: number;
  right: number;
  readonly top: number;
  bottom: number;
  area: number;
}

function measure({ rows, from, to, labels }: LabelledRuns, height: number): Blob[] {
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
