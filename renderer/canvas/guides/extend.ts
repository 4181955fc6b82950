import type { Rect } from '../../../core/base/geometry.ts';
import { intersectRects, isEmptyRect } from '../../../core/base/geometry.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { RATIOS } from '../../state/ratios.ts';
import { handleAt, HANDLES } from '../../tools/frame/handles.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import type { Scene } from '../scene.ts';
import type { GuideContent } from './guide.ts';
import { drawHandle } from './handle.ts';
import { drawLabel } from './label.ts';
import { dashedOutline, onScreen, outline } from './outline.ts';
import { RULER } from './rulers.ts';

const CLOSE = 0.004; // so near to a ratio, a size is said to have it

/** The edges of the picture with handles while they can be dragged, and what the picture is about to become. */
export class ExtendContent implements GuideContent {
  private readonly scene: Scene;
  private readonly toolbox: Toolbox;

  constructor(scene: Scene, toolbox: Toolbox) {
    this.scene = scene;
    this.toolbox = toolbox;
  }

  appearance({ current }: OpenDocument): readonly unknown[] | null {
    const { editor, theme } = this.scene;
    if (editor.tools.chosen !== 'extend') return null;
    return [current.canvas, theme.colours, editor.preferences.rulers, editor.gesture];
  }

  draw(context: CanvasRenderingContext2D, { view, current }: OpenDocument): void {
    const { theme, editor } = this.scene;
    const { accent } = theme.colours;
    const picture = onScreen(current.canvas, view);
    const larger = this.toolbox
      .overlays()
      .flatMap((overlay) => (overlay.kind === 'canvas' ? [overlay.rect] : []))[0];
    outline(context, picture, accent);
    if (larger) {
      const box = onScreen(larger, view);
      context.beginPath();
      context.rect(box.x, box.y, box.width, box.height);
      context.rect(picture.x, picture.y, picture.width, picture.height);
      context.globalAlpha = 0.25;
      context.fillStyle = accent;
      context.fill('evenodd');
      context.globalAlpha = 1;
      dashedOutline(context, box, accent);
      const look = { ...theme.colours, edge: editor.preferences.rulers ? RULER : 0 };
      drawLabel(context, sizeText(larger), box, look);
    }
    const seen = intersectRects(larger ?? current.canvas, view.visible());
    if (isEmptyRect(seen)) return;
    for (const edges of HANDLES) {
      const corner = handleAt(onScreen(larger ?? current.canvas, view), edges);
      const middle = handleAt(onScreen(seen, view), { x: 0, y: 0 });
      const at = { x: edges.x === 0 ? middle.x : corner.x, y: edges.y === 0 ? middle.y : corner.y };
      drawHandle(context, at, theme.colours);
    }
  }
}

function sizeText({ width, height }: Rect): string {
  const ratio = RATIOS.find(
    ({ value }) => typeof value === 'number' && Math.abs(width / height / value - 1) < CLOSE,
  );
  return `${width} × ${height} px${ratio ? `, ${ratio.label}` : ''}`;
}
