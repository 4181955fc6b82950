import type { Size } from '../base/geometry.ts';

/** Cells of a grid that are being gathered. */
export interface CellSet {
  /** Adds a block of cells, as much of it as lies in the grid. */
  add(column: number, row: number, width: number, height: number): void;
  /** All that were added, as ascending flat indices. */
  list(): Int32Array;
}

/** No cells yet. @param size of the grid, tokens */
export function setOf({ width, height }: Size): CellSet {
  const taken = new Uint8Array(width * height);
  return {
    add(column, row, across, down) {
      const left = Math.max(column, 0);
      const right = Math.min(column + across, width);
      if (left >= right) return;
      for (let y = Math.max(row, 0); y < Math.min(row + down, height); y++) {
        taken.fill(1, y * width + left, y * width + right);
      }
    },
    list: () => indicesOf(taken),
  };
}

/** The indices of what is not 0, ascending. */
export function indicesOf(flags: Uint8Array): Int32Array {
  let count = 0;
  for (let i = 0; i < flags.length; i++) if (flags[i] !== 0) count++;
  const indices = new Int32Array(count);
  for (let i = 0, k = 0; i < flags.length; i++) if (flags[i] !== 0) indices[k++] = i;
  return indices;
}
