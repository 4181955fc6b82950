import type { Rect } from '../../../core/base/geometry.ts';
import type { Point } from '../../state/view.svelte.ts';

/** Which edges of a rectangle a handle moves: -1 the left or upper one, 1 the right or lower one, 0 neither. */
export interface Edges {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}

/** The eight handles of a rectangle, corners first, for they are the harder ones to hit. */
export const HANDLES: readonly Edges[] = [
  { x: -1, y: -1 },
  { x: 1, y: -1 },
  { x: -1, y: 1 },
  { x: 1, y: 1 },
  { x: 0, y: -1 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
  { x: 1, y: 0 },
];

/** Where a handle lies: on the corner, or in the middle of the edge. */
export function handleAt({ x, y, width, height }: Rect, edges: Edges): Point {
  return { x: x + (width * (edges.x + 1)) / 2, y: y + (height * (edges.y + 1)) / 2 };
}

/** The CSS cursor over a handle. */
export function cursorFor({ x, y }: Edges): string {
  if (x === 0) return 'ns-resize';
  if (y === 0) return 'ew-resize';
  return x === y ? 'nwse-resize' : 'nesw-resize';
}
