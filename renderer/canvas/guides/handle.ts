import type { Point } from '../../state/view.svelte.ts';
import type { Colours } from '../theme.svelte.ts';

const SIDE = 8; // CSS px

/** A square that can be taken hold of, around a point of the screen, CSS px. */
export function drawHandle(
  context: CanvasRenderingContext2D,
  { x, y }: Point,
  { accent, onAccent }: Pick<Colours, 'accent' | 'onAccent'>,
): void {
  context.fillStyle = accent;
  context.strokeStyle = onAccent;
  context.lineWidth = 1;
  context.beginPath();
  context.rect(Math.round(x) - SIDE / 2 + 0.5, Math.round(y) - SIDE / 2 + 0.5, SIDE - 1, SIDE - 1);
  context.fill();
  context.stroke();
}
