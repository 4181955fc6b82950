import { cellBounds, cellsInPicture } from '../../frames/cells.ts';
import type { Frame } from '../../frames/frame.ts';
import type { Picture } from '../../pixels/picture.ts';
import type { Rect } from '../../base/geometry.ts';
import { containsRect, fullRect, growRect } from '../../base/geometry.ts';
import { type DecodedCells, featuresOf } from './features.ts';

/** Cells whose detail is known, and how they look when decoded. */
export interface Lenders {
  readonly cells: Int32Array; // flat indices into the frame
  readonly features: Float32Array; // [cells, FEATURES]
  readonly indexOf: Int32Array; // [rows * columns], where a cell stands in `cells`, or -1
}

/** More make the search slower and the match hardly better; then only every second, third, ... cell lends. */
const MOST = 4096;

/**
 * The cells of `known` that can lend their detail: they and the eight around them are outside the hole, inside the
 * picture and opaque.
 */
export function findLenders(picture: Picture, frame: Frame, hole: Int32Array, known: DecodedCells): Lenders {
  const { columns, rows } = frame;
  const given = new Uint8Array(columns * rows);
  for (const cell of cellsOf(known.cells, columns)) given[cell] = isGiven(picture, frame, cell) ? 1 : 0;
  for (const cell of hole) given[cell] = 0;
  const able = cellsOf(growRect(known.cells, -1), columns).filter((cell) =>
    ringIsGiven(given, cell, columns),
  );
  const stride = Math.ceil(able.length / MOST);
  const cells = Int32Array.from(able.filter((_, i) => i % stride === 0));
  const indexOf = new Int32Array(columns * rows).fill(-1);
  cells.forEach((cell, i) => (indexOf[cell] = i));
  return { cells, features: featuresOf(known, cells, columns), indexOf };
}

function cellsOf(rect: Rect, columns: number): number[] {
  const cells: number[] = [];
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    for (let x = rect.x; x < rect.x + rect.width; x++) cells.push(y * columns + x);
  }
  return cells;
}

function isGiven(picture: Picture, frame: Frame, cell: number): boolean {
  const rect = cellsInPicture(cellBounds([cell], frame), frame);
  const whole = fullRect(picture);
  if (!containsRect(whole, rect)) return false;
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    const from = (y - whole.y) * picture.width + rect.x - whole.x;
    for (let i = from; i < from + rect.width; i++) {
      if (picture.data[4 * i + 3] !== 255) return false;
    }
  }
  return true;
}

function ringIsGiven(given: Uint8Array, cell: number, columns: number): boolean {
  for (let row = cell - columns; row <= cell + columns; row += columns) {
    if (given[row - 1] !== 1 || given[row] !== 1 || given[row + 1] !== 1) return false;
  }
  return true;
}
