import type { Planes } from '../../pixels/picture.ts';
import type { Rect } from '../../base/geometry.ts';

/** Numbers that say how a decoded cell looks: 6 x 6 means over it and a quarter of it around, three channels. */
export const FEATURES = 6 * 6 * 3;

/** Decoded pixels of some cells of a frame. */
export interface DecodedCells {
  readonly cells: Rect; // tokens, in the frame
  readonly planes: Planes; // model px, of just these cells
}

/** The features of cells of a frame of `columns` (flat indices), all of which lie in `decoded`: [cells, FEATURES]. */
export function featuresOf(decoded: DecodedCells, cells: Int32Array, columns: number): Float32Array {
  const features = new Float32Array(cells.length * FEATURES);
  cells.forEach((cell, i) => {
    writeFeatures(decoded, cell % columns, Math.floor(cell / columns), features, i * FEATURES);
  });
  return features;
}

/** Writes the features of the cell at (column, row) of the frame, which lies in `decoded`, to `out` from `offset`. */
function writeFeatures(
  { cells, planes }: DecodedCells,
  column: number,
  row: number,
  out: Float32Array,
  offset: number,
): void {
  const side = planes.width / cells.width; // model px per token
  const step = Math.max(1, Math.floor(side / 4));
  const left = (column - cells.x) * side - step;
  const top = (row - cells.y) * side - step;
  let at = offset;
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < 6; y++) {
      for (let x = 0; x < 6; x++) {
        out[at++] = blockMean(planes, channel, left + x * step, top + y * step, step);
      }
    }
  }
}

/** The mean of a block of pixels; at the edge of the planes the last pixel stands for those beyond it. */
function blockMean(planes: Planes, channel: number, left: number, top: number, size: number): number {
  const { width, height, data } = planes;
  const base = channel * width * height;
  let sum = 0;
  for (let y = top; y < top + size; y++) {
    const line = base + clamp(y, height - 1) * width;
    for (let x = left; x < left + size; x++) sum += data[line + clamp(x, width - 1)]!;
  }
  return sum / (size * size);
}

function clamp(value: number, most: number): number {
  return value < 0 ? 0 : value > most ? most : value;
}
