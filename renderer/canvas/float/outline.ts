import { pieceRect } from '../../../core/document/piece.ts';
import type { Rect } from '../../../core/pixels/picture.ts';
import { canvasWithFloating } from '../../state/floating.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { View } from '../../state/view.svelte.ts';
import type { GuideContent } from '../guides/guide.ts';
import { drawLabel } from '../guides/label.ts';
import { RULER } from '../guides/rulers.ts';
import type { Scene } from '../scene.ts';

const SHADE = 'rgb(0 0 0 / 0.5)';
const DASHES = [6, 4]; // CSS px

/** The border of the piece that floats with its size, and of the canvas that placing it makes. */
export class FloatOutline implements GuideContent {
  private readonly scene: Scene;

  constructor(scene: Scene) {
    this.scene = scene;
  }

  appearance({ floating, current }: OpenDocument): readonly unknown[] | null {
    const { theme, editor } = this.scene;
    return floating && [floating, current.canvas, theme.colours, editor.preferences.rulers];
  }

  draw(context: CanvasRenderingContext2D, document: OpenDocument): void {
    const { floating, current, view } = document;
    if (!floating) return;
    const { theme, editor } = this.scene;
    const look = { ...theme.colours, edge: editor.preferences.rulers ? RULER : 0 };
    const canvas = canvasWithFloating(document);
    if (canvas !== current.canvas) {
      context.setLineDash(DASHES);
      outline(context, onScreen(canvas, view), look.accent);
      context.setLineDash([]);
    }
    const rect = pieceRect(floating);
    const box = onScreen(rect, view);
    outline(context, box, look.accent);
    drawLabel(context, `${rect.width} × ${rect.height} px`, box, look);
  }
}

/** A line in the accent's colour, between two darker ones. */
function outline(context: CanvasRenderingContext2D, { x, y, width, height }: Rect, colour: string): void {
  context.lineWidth = 3;
  context.strokeStyle = SHADE;
  context.strokeRect(x, y, width, height);
  context.lineWidth = 1.5;
  context.strokeStyle = colour;
  context.strokeRect(x, y, width, height);
}

function onScreen(rect: Rect, view: View): Rect {
  const { x, y } = view.toScreen(rect);
  return { x, y, width: rect.width * view.zoom, height: rect.height * view.zoom };
}
