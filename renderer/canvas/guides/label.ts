import type { Rect } from '../../../core/base/geometry.ts';
import type { Colours } from '../theme.svelte.ts';

const HEIGHT = 18; // CSS px
const PADDING = 6;
const GAP = 4; // to what it is about

/** Writes a line above the top left corner of a box (CSS px), or into it where there is no room above; `edge` stays free. */
export function drawLabel(
  context: CanvasRenderingContext2D,
  text: string,
  box: Rect,
  { accent, onAccent, font, edge }: Pick<Colours, 'accent' | 'onAccent' | 'font'> & { readonly edge: number },
): void {
  context.font = `11px ${font}`;
  context.textBaseline = 'middle';
  const width = Math.ceil(context.measureText(text).width) + 2 * PADDING;
  const above = box.y - GAP - HEIGHT;
  const x = Math.round(Math.max(edge + GAP, box.x));
  const y = Math.round(above >= edge + GAP ? above : Math.max(edge, box.y) + GAP);
  context.fillStyle = accent;
  context.beginPath();
  context.roundRect(x, y, width, HEIGHT, 4);
  context.fill();
  context.fillStyle = onAccent;
  context.fillText(text, x + PADDING, y + HEIGHT / 2 + 0.5);
}
