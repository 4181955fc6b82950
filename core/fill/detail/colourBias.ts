import { fullRect } from '../../base/geometry.ts';
import { cellBounds, cellsInPicture } from '../../frames/cells.ts';
import type { Frame } from '../../frames/frame.ts';
import type { Picture, Planes } from '../../pixels/picture.ts';
import { emptyPlanes } from '../../model/slices.ts';
import { type DecodedCells, FEATURES, featuresOf } from './features.ts';

/** How a cell looks, more roughly than its features: 3 x 3 means of each of the three channels. */
const LOOK = 3 * 3 * 3;

/** Difference of looks (root mean square, in [0, 1] values) within which cells are taken for alike. */
const ALIKE = 0.03;

/** How many cells that look just so it takes for half of their error to be believed. */
const FEW = 2;

/** What decoding gets wrong in the shade of the cells around a hole, by how they look. */
export interface Shades {
  readonly looks: Float32Array; // [lenders, LOOK]
  readonly errors: Float32Array; // [lenders, 3], picture - decoded, the mean over the cell
}

/** The shades of cells that are known and decoded, with the features that they have when decoded. */
export function shadesOf(
  picture: Picture,
  frame: Frame,
  known: DecodedCells,
  cells: Int32Array,
  features: Float32Array,
): Shades {
  const errors = new Float32Array(3 * cells.length);
  cells.forEach((cell, i) => {
    for (let c = 0; c < 3; c++) {
      errors[3 * i + c] = pictureMean(picture, frame, cell, c) - decodedMean(known, frame.columns, cell, c);
    }
  });
  return { looks: roughly(features), errors };
}

/**
 * What to add to a fill so that its shades are those of the picture. Some thousand codes cannot hold every shade: an even
 * wall may come back twenty levels off, always in the same way. So each cell takes the mean error of the known cells that
 * look like it when decoded (kernel regression; Nadaraya 1964), none where nothing does, and between cells it changes
 * gradually. The membrane alone would mix the errors of two walls wherever they meet inside the hole.
 *
 * @param filled decoded cells of a frame of `columns`
 * @param unit picture px per token
 * @returns planes at picture px of the cells of `filled`
 */
export function correctShades(shades: Shades, filled: DecodedCells, columns: number, unit: number): Planes {
  const { x, y, width, height } = filled.cells;
  const cells = Int32Array.from(
    { length: width * height },
    (_, i) => (y + Math.floor(i / width)) * columns + x + (i % width),
  );
  const looks = roughly(featuresOf(filled, cells, columns));
  const coarse = emptyPlanes(width, height);
  for (let i = 0; i < cells.length; i++)
    writeError(shades, looks.subarray(i * LOOK, (i + 1) * LOOK), coarse, i);
  return enlarged(coarse, unit);
}

function writeError({ looks, errors }: Shades, look: Float32Array, to: Planes, cell: number): void {
  const sums = [0, 0, 0];
  let total = FEW;
  for (let i = 0; i < errors.length / 3; i++) {
    let distance = 0;
    for (let j = 0; j < LOOK; j++) distance += (look[j]! - looks[i * LOOK + j]!) ** 2;
    const weight = Math.exp(-distance / (2 * LOOK * ALIKE * ALIKE));
    total += weight;
    for (let c = 0; c < 3; c++) sums[c]! += weight * errors[3 * i + c]!;
  }
  sums.forEach((sum, c) => (to.data[c * to.width * to.height + cell] = sum / total));
}

/** Features of 6 x 6 means as 3 x 3. */
function roughly(features: Float32Array): Float32Array {
  const looks = new Float32Array((features.length / FEATURES) * LOOK);
  for (let i = 0; i < looks.length; i++) {
    const [cell, part] = [Math.floor(i / LOOK), i % LOOK];
    const [channel, row, column] = [Math.floor(part / 9), Math.floor((part % 9) / 3), part % 3];
    const at = cell * FEATURES + channel * 36 + 12 * row + 2 * column;
    looks[i] = (features[at]! + features[at + 1]! + features[at + 6]! + features[at + 7]!) / 4;
  }
  return looks;
}

function pictureMean(picture: Picture, frame: Frame, cell: number, channel: number): number {
  const { x: left, y: top } = fullRect(picture);
  const rect = cellsInPicture(cellBounds([cell], frame), frame);
  let sum = 0;
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    for (let x = rect.x; x < rect.x + rect.width; x++)
      sum += picture.data[4 * ((y - top) * picture.width + x - left) + channel]!;
  }
  return sum / (255 * rect.width * rect.height);
}

function decodedMean(
  { cells, planes }: DecodedCells,
  columns: number,
  cell: number,
  channel: number,
): number {
  const side = planes.width / cells.width; // model px per token
  const left = ((cell % columns) - cells.x) * side;
  const top = (Math.floor(cell / columns) - cells.y) * side;
  let sum = 0;
  for (let y = top; y < top + side; y++) {
    for (let x = left; x < left + side; x++)
      sum += planes.data[(channel * planes.height + y) * planes.width + x]!;
  }
  return sum / (side * side);
}

/** A value for each cell, at its middle, and straight between them. */
function enlarged(coarse: Planes, unit: number): Planes {
  const large = emptyPlanes(coarse.width * unit, coarse.height * unit);
  const across = between(large.width, coarse.width, unit);
  const down = between(large.height, coarse.height, unit);
  let to = 0;
  for (let channel = 0; channel < 3; channel++) {
    for (const row of down) {
      const upper = (channel * coarse.height + row.from) * coarse.width;
      const lower = (channel * coarse.height + row.next) * coarse.width;
      for (const column of across) {
        const above = mix(coarse.data[upper + column.from]!, coarse.data[upper + column.next]!, column.share);
        const below = mix(coarse.data[lower + column.from]!, coarse.data[lower + column.next]!, column.share);
        large.data[to++] = mix(above, below, row.share);
      }
    }
  }
  return large;
}

function between(size: number, cells: number, unit: number): { from: number; next: number; share: number }[] {
  return Array.from({ length: size }, (_, i) => {
    const at = Math.min(cells - 1, Math.max(0, (i + 0.5) / unit - 0.5));
    const from = Math.floor(at);
    return { from, next: Math.min(cells - 1, from + 1), share: at - from };
  });
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
