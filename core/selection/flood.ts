import { type Abort, throwIfAborted } from '../base/abort.ts';
import type { Rect } from '../base/geometry.ts';
import { TILE } from '../raster/raster.ts';
import type { Distances } from './distances.ts';

const PATIENCE = 4096; // runs between two looks at the signal

/**
 * Marks with 255 what hangs together with (x, y) over sides of pixels and is no further than `tolerance` away, run by
 * run along rows. Only tiles that it reaches are measured. Returns the rectangle around it, document px; null if the
 * first pixel is too far away.
 *
 * @param marks [height, width] of the distances, 0 where nothing is marked yet
 */
export function flood(
  distances: Distances,
  marks: Uint8Array,
  x: number,
  y: number,
  tolerance: number,
  signal?: Abort,
): Rect | null {
  const { rect, data } = distances;
  const seeds = createStack();
  let [left, right, top, bottom] = [x, x, y, y];
  let runs = 0;
  distances.measureRun(x, x + 1, y);
  if (data[(y - rect.y) * rect.width + x - rect.x]! > tolerance) return null;
  seeds.push(x, y);
  while (seeds.pop()) {
    if (++runs % PATIENCE === 0) throwIfAborted(signal);
    const row = (seeds.y - rect.y) * rect.width - rect.x;
    if (marks[row + seeds.x] === 255) continue;
    const from = runStart(distances, row, seeds.x, seeds.y, tolerance);
    const to = runEnd(distances, row, seeds.x, seeds.y, tolerance);
    marks.fill(255, row + from, row + to);
    left = Math.min(left, from);
    right = Math.max(right, to - 1);
    top = Math.min(top, seeds.y);
    bottom = Math.max(bottom, seeds.y);
    const { y: at } = seeds;
    if (at > rect.y) pushRuns(distances, marks, seeds, from, to, at - 1, tolerance);
    if (at + 1 < rect.y + rect.height) pushRuns(distances, marks, seeds, from, to, at + 1, tolerance);
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** The first pixel of the run around x. `row` is where document px 0 of it would be. */
function runStart(distances: Distances, row: number, x: number, y: number, tolerance: number): number {
  const { data, rect } = distances;
  let from = x;
  while (from > rect.x) {
    if (from % TILE === 0) distances.measureRun(from - 1, from, y);
    if (data[row + from - 1]! > tolerance) break;
    from--;
  }
  return from;
}

/** One past its last. */
function runEnd(distances: Distances, row: number, x: number, y: number, tolerance: number): number {
  const { data, rect } = distances;
  const end = rect.x + rect.width;
  let to = x + 1;
  while (to < end) {
    if (to % TILE === 0) distances.measureRun(to, to + 1, y);
    if (data[row + to]! > tolerance) break;
    to++;
  }
  return to;
}

/** Pushes one pixel of each run that begins or goes on between `from` and `to` in a row and is not marked. */
function pushRuns(
  distances: Distances,
  marks: Uint8Array,
  seeds: Stack,
  from: number,
  to: number,
  y: number,
  tolerance: number,
): void {
  distances.measureRun(from, to, y);
  const { data, rect } = distances;
  const row = (y - rect.y) * rect.width - rect.x;
  for (let x = from; x < to; x++) {
    if (data[row + x]! > tolerance) continue;
    if (marks[row + x] === 0) seeds.push(x, y);
    while (x + 1 < to && data[row + x + 1]! <= tolerance) x++;
  }
}

interface Stack {
  x: number; // of the place that was popped last
  y: number;
  push: (x: number, y: number) => void;
  /** False when there is none left. */
  pop: () => boolean;
}

function createStack(): Stack {
  let places = new Int32Array(2048);
  let count = 0;
  const stack: Stack = {
    x: 0,
    y: 0,
    push: (x, y) => {
      if (count === places.length) {
        const larger = new Int32Array(2 * count);
        larger.set(places);
        places = larger;
      }
      places[count++] = x;
      places[count++] = y;
    },
    pop: () => {
      if (count === 0) return false;
      stack.y = places[--count]!;
      stack.x = places[--count]!;
      return true;
    },
  };
  return stack;
}
