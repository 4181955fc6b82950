import type { Rect } from '../../../core/base/geometry.ts';
import { intersectRects, isEmptyRect } from '../../../core/base/geometry.ts';
import type { Point, View } from '../../state/view.svelte.ts';
import { handleAt, HANDLES, type Edges } from './edges.ts';

/** A handle on an edge or a corner of the picture, for extending it. */
export interface Grip {
  readonly edges: Edges;
  readonly at: Point; // CSS px, a little outside the picture
}

export const GRIP_DISTANCE = 14; // CSS px from the edge

/** The grips of the canvas. Those of edges lie in the middle of what is seen of them. */
export function gripsOf(canvas: Rect, view: Pick<View, 'toScreen' | 'visible'>): Grip[] {
  const seen = intersectRects(canvas, view.visible());
  if (isEmptyRect(seen)) return [];
  return HANDLES.map((edges) => {
    const corner = handleAt(canvas, edges);
    const middle = handleAt(seen, { x: 0, y: 0 });
    const screen = view.toScreen({
      x: edges.x === 0 ? middle.x : corner.x,
      y: edges.y === 0 ? middle.y : corner.y,
    });
    return {
      edges,
      at: { x: screen.x + edges.x * GRIP_DISTANCE, y: screen.y + edges.y * GRIP_DISTANCE },
    };
  });
}
