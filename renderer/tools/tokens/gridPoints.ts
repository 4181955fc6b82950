import type { Frame } from '../../../core/frames/frame.ts';
import type { Size } from '../../../core/base/geometry.ts';
import type { Point } from '../../state/view.svelte.ts';

/** A place in a grid, also outside it. */
export interface GridPoint {
  readonly column: number;
  readonly row: number;
}

/** The size of a frame in tokens. */
export function sizeOf({ columns, rows }: Frame): Size {
  return { width: columns, height: rows };
}

/** Where a point of the document (px) lies in a frame's grid, also outside it. */
export function gridPointAt({ rect, columns, rows }: Frame, { x, y }: Point): GridPoint {
  return {
    column: Math.floor(((x - rect.x) * columns) / rect.width),
    row: Math.floor(((y - rect.y) * rows) / rect.height),
  };
}

/** The cell that lies nearest to a place in the grid. */
export function clampCell({ columns, rows }: Frame, { column, row }: GridPoint): number {
  const within = (index: number, count: number): number => Math.min(count - 1, Math.max(0, index));
  return within(row, rows) * columns + within(column, columns);
}

/** The cell that lies nearest to a point of the document (px). */
export function nearestCell(frame: Frame, point: Point): number {
  return clampCell(frame, gridPointAt(frame, point));
}

export function gridPointOf({ columns }: Frame, cell: number): GridPoint {
  return { column: cell % columns, row: Math.floor(cell / columns) };
}
