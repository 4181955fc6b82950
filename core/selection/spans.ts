import type { Rect } from '../base/geometry.ts';
import type { Coverage } from '../pixels/picture.ts';

/** Lines that are scanned per pixel row. */
export const LINES = 16;

/** Adds the stretch from x0 to x1 (document px) of one line to a row. */
export type AddSpan = (x0: number, x1: number) => void;

/**
 * Coverage of a shape that is scanned line by line: along a line coverage is exact, down a pixel it is the mean of
 * {@link LINES} lines. `scan` adds the stretches that line number `line` (from y = 0, LINES a pixel) has inside the
 * shape; they do not overlap.
 */
export function scanShape(rect: Rect, scan: (line: number, add: AddSpan) => void): Coverage {
  const { x, y, width, height } = rect;
  const data = new Uint8Array(width * height);
  const steps = new Float64Array(width + 1); // how much coverage rises from the pixel before, in lines
  const add = (x0: number, x1: number): void => {
    const from = Math.min(Math.max(x0 - x, 0), width);
    const to = Math.min(Math.max(x1 - x, 0), width);
    if (from >= to) return;
    addStep(steps, from, 1);
    addStep(steps, to, -1);
  };
  for (let row = 0; row < height; row++) {
    for (let line = (y + row) * LINES; line < (y + row + 1) * LINES; line++) scan(line, add);
    sumSteps(steps, data.subarray(row * width, (row + 1) * width));
    steps.fill(0);
  }
  return { rect, data };
}

/** A rise at `x`, which lies in a pixel: that one gets what is behind it, the next one the rest. */
function addStep(steps: Float64Array, x: number, rise: number): void {
  const pixel = Math.floor(x);
  const part = x - pixel;
  steps[pixel]! += rise * (1 - part);
  if (part > 0) steps[pixel + 1]! += rise * part;
}

function sumSteps(steps: Float64Array, row: Uint8Array): void {
  let lines = 0;
  for (let i = 0; i < row.length; i++) {
    lines += steps[i]!;
    row[i] = lines * (255 / LINES) + 0.5;
  }
}
