import type { Frame } from '../../../core/frames/frame.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import type { Point } from '../../state/view.svelte.ts';

/** What a piece that is dragged comes to rest on. */
interface SnapLines {
  readonly canvas: Rect; // document px; its edges, inside and outside
  readonly frame: Frame | null; // its tokens; they come before the edges
  readonly reach: number; // document px
}

/** Where a piece's corner comes to lie, document px: on a line that is near, else on the nearest whole px. */
export function snapPiece({ x, y, width, height }: Rect, { canvas, frame, reach }: SnapLines): Point {
  return {
    x: snapped(x, width, canvas.x, canvas.width, reach, frame && lattice(frame.rect.x, unitOf(frame), x)),
    y: snapped(y, height, canvas.y, canvas.height, reach, frame && lattice(frame.rect.y, unitOf(frame), y)),
  };
}

function snapped(
  start: number,
  length: number,
  edge: number,
  extent: number,
  reach: number,
  onToken: number | null,
): number {
  if (onToken !== null) return onToken;
  const far = edge + extent;
  const places = [edge, edge - length, far, far - length];
  const near = places.reduce((best, place) =>
    Math.abs(place - start) < Math.abs(best - start) ? place : best,
  );
  return Math.abs(near - start) <= reach ? near : Math.round(start);
}

function lattice(origin: number, unit: number, at: number): number {
  return Math.round(origin + Math.round((at - origin) / unit) * unit);
}

function unitOf({ rect, columns }: Frame): number {
  return rect.width / columns;
}
