import type { FramePlan } from '../../../core/frames/planFrames.ts';
import { selectionToHole } from '../../../core/masks/selectionToHole.ts';
import { intersectRects } from '../../../core/pixels/rect.ts';
import { readRect } from '../../../core/raster/flat.ts';
import { TILE, type Raster } from '../../../core/raster/raster.ts';

/**
 * The cells of a plan's frame that would be refilled, [rows * columns] of 0 and 1. The selection is read in strips, so that
 * a large one is never in memory as a whole.
 */
export function holeCells(selection: Raster, { frame, bounds }: FramePlan): Uint8Array {
  const cells = new Uint8Array(frame.columns * frame.rows);
  const area = intersectRects(bounds, frame.rect);
  for (let y = area.y; y < area.y + area.height; y += TILE) {
    const strip = { ...area, y, height: Math.min(TILE, area.y + area.height - y) };
    const mask = { width: strip.width, height: strip.height, data: readRect(selection, strip) };
    const moved = { ...frame.rect, x: frame.rect.x - strip.x, y: frame.rect.y - strip.y };
    for (const cell of selectionToHole(mask, { ...frame, rect: moved })) cells[cell] = 1;
  }
  return cells;
}

/** A row's cells that lie side by side. */
export interface Run {
  readonly row: number;
  readonly from: number; // column
  readonly to: number; // column after the last
}

/** The runs of cells that are 1, row by row. */
export function* runsOf(cells: Uint8Array, columns: number): Generator<Run> {
  for (let start = 0, row = 0; start < cells.length; start += columns, row++) {
    for (let from = 0; from < columns; from++) {
      if (cells[start + from] !== 1) continue;
      let to = from + 1;
      while (to < columns && cells[start + to] === 1) to++;
      yield { row, from, to };
      from = to;
    }
  }
}
