import { cropFrameOf } from '../../state/crop.ts';
import { outOfFrame } from '../../../core/document/remake/cropFrame.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Point } from '../../state/view.svelte.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import type { Scene } from '../scene.ts';
import type { GuideContent } from './guide.ts';
import { angleSuffix, drawAskew, trace } from './askew.ts';
import { drawLabel } from './label.ts';
import { RULER } from './rulers.ts';

const CUT = 'rgb(0 0 0 / 0.55)'; // over what is cut off
const LINES = 'rgb(255 255 255 / 0.5)';

/** What the crop tool would keep: the rest is darkened, and thirds are shown while it is dragged. */
export class CropContent implements GuideContent {
  private readonly scene: Scene;
  private readonly toolbox: Toolbox;

  constructor(scene: Scene, toolbox: Toolbox) {
    this.scene = scene;
    this.toolbox = toolbox;
  }

  appearance({ crop, current }: OpenDocument): readonly unknown[] | null {
    const { editor, theme } = this.scene;
    if (editor.tools.chosen !== 'crop') return null;
    return [crop, current.canvas, theme.colours, editor.preferences.rulers, editor.gesture];
  }

  draw(context: CanvasRenderingContext2D, document: OpenDocument): void {
    const { theme, editor } = this.scene;
    const { view, current } = document;
    const frame = cropFrameOf(document);
    const at = (x: number, y: number): Point =>
      view.toScreen(outOfFrame(frame, { x: x * frame.width, y: y * frame.height }));
    const corners = [at(-0.5, -0.5), at(0.5, -0.5), at(0.5, 0.5), at(-0.5, 0.5)];

    const { x, y } = view.toScreen(current.canvas);
    context.beginPath();
    context.rect(x, y, current.canvas.width * view.zoom, current.canvas.height * view.zoom);
    trace(context, corners);
    context.fillStyle = CUT;
    context.fill('evenodd');

    if (this.toolbox.isBusy) {
      context.beginPath();
      for (const third of [-1 / 6, 1 / 6]) {
        line(context, at(third, -0.5), at(third, 0.5));
        line(context, at(-0.5, third), at(0.5, third));
      }
      context.strokeStyle = LINES;
      context.lineWidth = 1;
      context.stroke();
    }

    drawAskew(context, frame, view, theme.colours);

    const box = { x: corners[0]!.x, y: corners[0]!.y, width: 0, height: 0 };
    const look = { ...theme.colours, edge: editor.preferences.rulers ? RULER : 0 };
    drawLabel(
      context,
      `${Math.round(frame.width)} × ${Math.round(frame.height)} px${angleSuffix(-frame.angle)}`,
      box,
      look,
    );
  }
}

function line(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
}
