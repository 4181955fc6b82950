import type { Frame } from '../../../core/frames/frame.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import {
  type Grip,
  gripsOf,
  handleAt,
  HANDLES,
  frameWithHandles,
  shownFrames,
} from '../../tools/frame/handles.ts';
import type { Overlay } from '../../tools/tool.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { View } from '../../state/view.svelte.ts';
import type { Scene } from '../scene.ts';
import type { Colours } from '../theme.svelte.ts';
import type { GuideContent } from './guide.ts';
import { drawHandle } from './handle.ts';
import { drawLabel } from './label.ts';
import { dashedOutline, onScreen, outline, SHADE } from './outline.ts';
import { RULER } from './rulers.ts';

/** The colours, and the width of what lies along the edges of the view, CSS px. */
type Look = Colours & { readonly edge: number };

const GRIP = { long: 26, short: 5 }; // CSS px

/** The frames of the next fill with their size; their handles and the picture's grips while the frame tool is current. */
export class FramesContent implements GuideContent {
  private readonly scene: Scene;
  private readonly toolbox: Toolbox;

  constructor(scene: Scene, toolbox: Toolbox) {
    this.scene = scene;
    this.toolbox = toolbox;
  }

  appearance({ fill, current }: OpenDocument): readonly unknown[] | null {
    const { editor, theme } = this.scene;
    const { tools, preferences, gesture } = editor;
    if (tools.chosen !== 'frame' && !preferences.showHole) return null;
    return [
      preferences.rulers,
      tools.chosen,
      fill.plans,
      current.frame,
      current.canvas,
      gesture,
      theme.colours,
    ];
  }

  draw(context: CanvasRenderingContext2D, document: OpenDocument): void {
    const { theme, editor } = this.scene;
    const { view, current } = document;
    const handles = editor.tools.chosen === 'frame';
    const look = { ...theme.colours, edge: editor.preferences.rulers ? RULER : 0 };
    const overlays = handles ? this.toolbox.overlays() : [];
    const larger = canvasOf(overlays);
    if (handles) for (const grip of gripsOf(larger ?? current.canvas, view)) drawGrip(context, grip, look);
    const frames = framesOf(overlays) ?? shownFrames(document);
    const handled = handles ? frameWithHandles(frames) : null;
    for (const frame of frames) drawFrame(context, frame, view, look, frame === handled);
    if (larger) drawCanvas(context, larger, view, look);
  }
}

function framesOf(overlays: readonly Overlay[]): Frame[] | null {
  const frames = overlays.flatMap((overlay) => (overlay.kind === 'frame' ? [overlay.frame] : []));
  return frames.length > 0 ? frames : null;
}

function canvasOf(overlays: readonly Overlay[]): Rect | null {
  return overlays.flatMap((overlay) => (overlay.kind === 'canvas' ? [overlay.rect] : []))[0] ?? null;
}

function drawFrame(
  context: CanvasRenderingContext2D,
  { rect, scale }: Frame,
  view: View,
  look: Look,
  handles: boolean,
): void {
  const box = onScreen(rect, view);
  outline(context, box, look.accent);
  const text = `${rect.width} × ${rect.height} px, scale ${rounded(scale)}`;
  drawLabel(context, text, box, look);
  if (!handles) return;
  for (const handle of HANDLES) {
    drawHandle(context, handleAt(box, handle), look);
  }
}

function drawCanvas(context: CanvasRenderingContext2D, rect: Rect, view: View, look: Look): void {
  const box = onScreen(rect, view);
  dashedOutline(context, box, look.accent);
  drawLabel(context, `${rect.width} × ${rect.height} px`, box, look);
}

function drawGrip(context: CanvasRenderingContext2D, { edges, at }: Grip, look: Look): void {
  const corner = edges.x !== 0 && edges.y !== 0;
  const width = corner ? GRIP.short * 2 : edges.x === 0 ? GRIP.long : GRIP.short;
  const height = corner ? GRIP.short * 2 : edges.y === 0 ? GRIP.long : GRIP.short;
  context.fillStyle = look.accent;
  context.strokeStyle = SHADE;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(at.x - width / 2, at.y - height / 2, width, height, GRIP.short);
  context.fill();
  context.stroke();
}

function rounded(scale: number): string {
  return `${Math.round(scale * 100) / 100}`;
}
