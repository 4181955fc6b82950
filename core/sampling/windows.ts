import { TesseraError } from '../base/errors.ts';
import type { Denoiser } from '../model/denoiser.ts';

/** How windows of one size cover a grid; together they cover every cell. */
export interface Windows {
  readonly width: number; // tokens
  readonly height: number; // tokens
  readonly lefts: Int32Array; // where the columns of windows begin, ascending
  readonly tops: Int32Array; // where the rows of windows begin, ascending
}

/** Tokens around the hole that windows take in where the grid has them, as a share of the window's side. */
const CONTEXT = 1 / 4;

/**
 * Covers the cells that a fill may ask for, and some context around them, with windows as large as the denoiser takes:
 * half a window apart, the last of a row or column shifted inward, so that all have one size. A grid that fits is one
 * window, and so is a hole that fits with its context. Throws 'limit' where a side of the grid is too small.
 */
export function coverGrid(
  width: number,
  height: number,
  limits: Denoiser['window'],
  cells: Int32Array,
): Windows {
  if (Math.min(width, height) < limits.min) {
    throw new TesseraError(
      'limit',
      `This model works on at least ${limits.min} x ${limits.min} tokens; the grid has ${width} x ${height}.`,
      'Choose a larger frame or a smaller working scale.',
    );
  }
  const sides = { width: Math.min(width, limits.max), height: Math.min(height, limits.max) };
  const columns = cells.map((cell) => cell % width);
  const rows = cells.map((cell) => Math.floor(cell / width));
  return { ...sides, lefts: starts(columns, width, sides.width), tops: starts(rows, height, sides.height) };
}

/** Where windows of `size` begin along an axis of `length`, to cover `cells` on it and their context. */
function starts(cells: Int32Array, length: number, size: number): Int32Array {
  const context = Math.floor(size * CONTEXT);
  const first = Math.max(0, cells.reduce((least, cell) => Math.min(least, cell), length) - context);
  const end = Math.min(length, cells.reduce((most, cell) => Math.max(most, cell), -1) + 1 + context);
  const spare = end - first - size;
  // A stretch shorter than a window has the window around its middle, where the axis allows.
  if (spare <= 0) return Int32Array.of(clamp(first + Math.floor(spare / 2), 0, length - size));
  const stride = Math.max(1, size >> 1);
  const count = 1 + Math.ceil(spare / stride);
  return Int32Array.from({ length: count }, (_, i) => first + Math.min(i * stride, spare));
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/** One window over a grid, and which cells of a list lie in it. */
export interface Placement {
  readonly left: number;
  readonly top: number;
  readonly positions: Int32Array; // where those cells stand in the list
}

/** The windows that hold any of `cells`, row by row. */
export function placeWindows(windows: Windows, gridWidth: number, cells: Int32Array): Placement[] {
  const placements: Placement[] = [];
  for (const top of windows.tops) {
    for (const left of windows.lefts) {
      const positions = positionsInside(windows, left, top, gridWidth, cells);
      if (positions.length > 0) placements.push({ left, top, positions });
    }
  }
  return placements;
}

function positionsInside(
  windows: Windows,
  left: number,
  top: number,
  gridWidth: number,
  cells: Int32Array,
): Int32Array {
  const inside = new Int32Array(cells.length);
  let count = 0;
  for (let i = 0; i < cells.length; i++) {
    const x = (cells[i]! % gridWidth) - left;
    const y = Math.floor(cells[i]! / gridWidth) - top;
    if (x >= 0 && x < windows.width && y >= 0 && y < windows.height) inside[count++] = i;
  }
  return inside.slice(0, count);
}
