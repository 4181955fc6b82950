import type { Rect } from '../../../core/base/geometry.ts';
import type { View } from '../../state/view.svelte.ts';

/** Lies beside what is drawn in the accent's colour, so that it is seen on any picture. */
export const SHADE = 'rgb(0 0 0 / 0.5)';

/** A line of one px in the accent's colour, between two darker ones. */
export function outline(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Rect,
  colour: string,
): void {
  context.lineWidth = 3;
  context.strokeStyle = SHADE;
  context.strokeRect(x, y, width, height);
  context.lineWidth = 1.5;
  context.strokeStyle = colour;
  context.strokeRect(x, y, width, height);
}

/** The same, dashed: what the canvas is about to become. */
export function dashedOutline(context: CanvasRenderingContext2D, rect: Rect, colour: string): void {
  context.setLineDash([6, 4]); // CSS px
  outline(context, rect, colour);
  context.setLineDash([]);
}

/** Where a rectangle of the document is seen, CSS px. */
export function onScreen(rect: Rect, view: View): Rect {
  const { x, y } = view.toScreen(rect);
  return { x, y, width: rect.width * view.zoom, height: rect.height * view.zoom };
}
