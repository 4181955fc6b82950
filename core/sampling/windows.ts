import { TesseraError } from '../ipc/errors.ts';
import type { Denoiser } from './denoiser.ts';

/** How windows of one size cover a grid; together they cover every cell. */
export interface Windows {
  readonly width: number; // tokens
  readonly height: number; // tokens
  readonly lefts: Int32Array; // where the columns of windows begin, ascending
  readonly tops: Int32Array; // where the rows of windows begin, ascending
}

/**
 * Covers a grid with windows as large as the denoiser takes, half a window apart; the last of a row or column is
 * shifted inward, so that all have one size. A grid that fits is one window. Throws 'limit' where a side is too small.
 */
export function coverGrid(width: number, height: number, limits: Denoiser['window']): Windows {
  if (Math.min(width, height) < limits.min) {
    throw new TesseraError(
      'limit',
      `This model works on at least ${limits.min} x ${limits.min} tokens; the grid has ${width} x ${height}.`,
      'Choose a larger frame or a smaller working scale.',
    );
  }
  const sides = { width: Math.min(width, limits.max), height: Math.min(height, limits.max) };
  return { ...sides, lefts: starts(width, sides.width), tops: starts(height, sides.height) };
}

/** Where windows begin along one side. */
function starts(length: number, size: number): Int32Array {
  const stride = Math.max(1, size >> 1);
  const count = 1 + Math.ceil((length - size) / stride);
  return Int32Array.from({ length: count }, (_, i) => Math.min(i * stride, length - size));
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
