import { pieceRect } from '../../../core/document/piece.ts';
import { canvasWithFloating } from '../../state/floating.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { GuideContent } from '../guides/guide.ts';
import { drawLabel } from '../guides/label.ts';
import { dashedOutline, onScreen, outline } from '../guides/outline.ts';
import { RULER } from '../guides/rulers.ts';
import type { Scene } from '../scene.ts';

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
    if (canvas !== current.canvas) dashedOutline(context, onScreen(canvas, view), look.accent);
    const rect = pieceRect(floating);
    const box = onScreen(rect, view);
    outline(context, box, look.accent);
    drawLabel(context, `${rect.width} × ${rect.height} px`, box, look);
  }
}
