import type { Rect } from '../../../core/base/geometry.ts';
import type { Point, View } from '../../state/view.svelte.ts';
import type { Overlay } from '../../tools/tool.ts';

const DARK = 'rgb(0 0 0 / 0.75)';
const LIGHT = 'rgb(255 255 255 / 0.95)';
const DASH = 5; // CSS px
const CORNER = 3; // CSS px, half the side of a corner's mark

type Lay = Pick<View, 'zoom' | 'toScreen'>;

/** Draws a overlay; the context counts in CSS px. `phase` is how far the ants have marched. */
export function drawOverlay(
  context: CanvasRenderingContext2D,
  overlay: Overlay,
  view: Lay,
  phase: number,
): void {
  switch (overlay.kind) {
    case 'line':
      march(context, phase, pathOf([overlay.from, overlay.to], view));
      break;
    case 'rectangle':
    case 'ellipse':
      march(context, phase, outlineOf(overlay.kind, overlay.rect, view));
      break;
    case 'path':
      march(context, phase, pathOf(overlay.points, view));
      if (overlay.corners) drawCorners(context, overlay.points.slice(0, -1), view);
      break;
    case 'brush': // elements of their own
    case 'mode':
    case 'note':
    case 'footprint':
    case 'frame': // with the other guides
    case 'canvas':
    case 'tokens': // with the cells
    case 'cells':
      break;
  }
}

function march(context: CanvasRenderingContext2D, phase: number, path: Path2D): void {
  context.lineWidth = 1.25;
  context.strokeStyle = LIGHT;
  context.stroke(path);
  context.strokeStyle = DARK;
  context.setLineDash([DASH, DASH]);
  context.lineDashOffset = -phase;
  context.stroke(path);
  context.setLineDash([]);
}

function drawCorners(context: CanvasRenderingContext2D, corners: readonly Point[], view: Lay): void {
  for (const corner of corners) {
    const { x, y } = view.toScreen(corner);
    context.fillStyle = LIGHT;
    context.strokeStyle = DARK;
    context.lineWidth = 1;
    context.beginPath();
    context.rect(x - CORNER, y - CORNER, 2 * CORNER, 2 * CORNER);
    context.fill();
    context.stroke();
  }
}

function outlineOf(kind: 'rectangle' | 'ellipse', rect: Rect, view: Lay): Path2D {
  const { x, y } = view.toScreen(rect);
  const [width, height] = [rect.width * view.zoom, rect.height * view.zoom];
  const path = new Path2D();
  if (kind === 'rectangle') path.rect(Math.round(x) + 0.5, Math.round(y) + 0.5, width, height);
  else path.ellipse(x + width / 2, y + height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
  return path;
}

function pathOf(points: readonly Point[], view: Lay): Path2D {
  const path = new Path2D();
  for (const [index, point] of points.entries()) {
    const { x, y } = view.toScreen(point);
    if (index === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  }
  return path;
}
