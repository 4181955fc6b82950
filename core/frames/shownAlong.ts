import { mirroredIndices } from '../pixels/crop.ts';

/** A stretch of one axis, px. */
export interface Stretch {
  readonly start: number;
  readonly length: number;
}

/** Where each column (or row) of a frame begins and the last one ends, [cells + 1] px; whole even where tokens are not. */
export function bordersAlong({ start, length }: Stretch, cells: number): Int32Array {
  return Int32Array.from({ length: cells + 1 }, (_, index) => start + Math.ceil((index * length) / cells));
}

/**
 * The first and the last pixel that each column (or row) shows, [cells, 2]. Outside the canvas pixels are mirrored in,
 * and what is next to one another stays so: no pixel between those two is left out.
 */
export function shownAlong(borders: Int32Array, canvas: Stretch): Int32Array {
  const shown = new Int32Array(2 * (borders.length - 1));
  for (let cell = 0; cell < borders.length - 1; cell++) {
    const first = borders[cell]!;
    const last = borders[cell + 1]! - 1;
    if (isInside(first, last, canvas)) {
      shown.set([first, last], 2 * cell);
    } else {
      const pixels = pixelsShown(first, last, canvas);
      shown.set([pixels.reduce(least), pixels.reduce(most)], 2 * cell);
    }
  }
  return shown;
}

/** The columns (or rows) that show other pixels on another canvas, 1 for each. */
export function shiftedAlong(borders: Int32Array, before: Stretch, after: Stretch): Uint8Array {
  const shifted = new Uint8Array(borders.length - 1);
  for (let cell = 0; cell < shifted.length; cell++) {
    const first = borders[cell]!;
    const last = borders[cell + 1]! - 1;
    if (isInside(first, last, before) && isInside(first, last, after)) continue;
    const then = pixelsShown(first, last, after);
    if (pixelsShown(first, last, before).some((pixel, i) => pixel !== then[i])) shifted[cell] = 1;
  }
  return shifted;
}

function isInside(first: number, last: number, { start, length }: Stretch): boolean {
  return first >= start && last < start + length;
}

function pixelsShown(first: number, last: number, { start, length }: Stretch): Int32Array {
  return mirroredIndices(first - start, last - first + 1, length).map((index) => start + index);
}

const least = (a: number, b: number): number => Math.min(a, b);
const most = (a: number, b: number): number => Math.max(a, b);
