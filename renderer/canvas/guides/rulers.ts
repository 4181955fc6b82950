import type { Colours } from '../theme.svelte.ts';
import type { GuideContent } from './guide.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Scene } from '../scene.ts';
import type { View } from '../../state/view.svelte.ts';

/** Of the rulers, CSS px. */
export const RULER = 18;

const PARTS = 5; // between two numbers

/** Rulers along the upper and the left edge, counted from the picture's corner, with a mark where the pointer is. */
export class RulersContent implements GuideContent {
  private readonly scene: Scene;

  constructor(scene: Scene) {
    this.scene = scene;
  }

  appearance({ current }: OpenDocument): readonly unknown[] | null {
    const { editor, theme } = this.scene;
    return editor.preferences.rulers ? [current.canvas, editor.pointer, theme.colours] : null;
  }

  draw(context: CanvasRenderingContext2D, { view, current }: OpenDocument): void {
    const { colours } = this.scene.theme;
    const { pointer } = this.scene.editor;
    const mark = pointer && view.toScreen(pointer);
    context.save();
    drawRuler(context, view, view.size.width, current.canvas.x, mark?.x ?? null, colours, 'x');
    context.transform(0, 1, 1, 0, 0, 0); // the same along the other edge
    drawRuler(context, view, view.size.height, current.canvas.y, mark?.y ?? null, colours, 'y');
    context.restore();
    context.fillStyle = colours.chrome;
    context.fillRect(0, 0, RULER, RULER);
  }
}

/** A ruler along the upper edge, `length` CSS px; that of the left edge is its mirror image. */
function drawRuler(
  context: CanvasRenderingContext2D,
  view: View,
  length: number,
  origin: number, // document px
  mark: number | null, // CSS px
  { chrome, line, inkSoft, accent, font }: Colours,
  axis: 'x' | 'y',
): void {
  const at = (value: number): number => Math.round(view.toScreen({ x: value, y: value })[axis]) + 0.5;
  const start = view.visible()[axis];
  const step = tickStep(view.zoom);
  context.fillStyle = chrome;
  context.fillRect(0, 0, length, RULER);
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, RULER - 0.5);
  context.lineTo(length, RULER - 0.5);
  for (const value of ticks(start - origin, start - origin + length / view.zoom, step)) {
    for (let part = 0; part < PARTS; part++) {
      const x = at(origin + value + (part * step) / PARTS);
      context.moveTo(x, part === 0 ? 0 : RULER - 5);
      context.lineTo(x, RULER);
    }
  }
  context.stroke();
  context.font = `10px ${font}`;
  context.fillStyle = inkSoft;
  for (const value of ticks(start - origin, start - origin + length / view.zoom, step)) {
    drawNumber(context, `${value}`, at(origin + value), axis);
  }
  if (mark === null) return;
  context.fillStyle = accent;
  context.fillRect(Math.round(mark), 0, 1, RULER);
}

/** On the left edge the context is mirrored, so that the number is turned: it reads upwards. */
function drawNumber(context: CanvasRenderingContext2D, text: string, x: number, axis: 'x' | 'y'): void {
  context.save();
  context.translate(axis === 'x' ? x + 3 : x - 3, RULER / 2);
  if (axis === 'y') context.scale(-1, 1);
  context.textBaseline = 'middle';
  context.fillText(text, 0, 0);
  context.restore();
}

const MIN_GAP = 56; // CSS px between numbers

/** Round numbers: 1, 2 and 5 times the powers of ten. */
export function tickStep(zoom: number): number {
  const least = MIN_GAP / zoom; // document px
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((times) => times * power >= least)!;
  return Math.max(1, factor * power);
}

/** The multiples of `step` from `from` to `to`, and the next ones outside. */
export function ticks(from: number, to: number, step: number): number[] {
  const first = Math.floor(from / step);
  const last = Math.ceil(to / step);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}
