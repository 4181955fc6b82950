import {
  angleOfLine,
  type CropFrame,
  drawnFrame,
  intoFrame,
  movedFrame,
  resizedFrame,
} from '../../core/document/remake/cropFrame.ts';
import type { Rect } from '../../core/base/geometry.ts';
import { setCropAngle } from '../commands/canvas/crop.ts';
import { cropFrameOf } from '../state/crop.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import { ratioOf } from '../state/ratios.ts';
import type { Point } from '../state/view.svelte.ts';
import { type Drag, DragTool } from './drag.ts';
import { cursorFor, type Edges, handleUnder } from './frame/handles.ts';
import { isClick } from './gesture.ts';
import type { Overlay, PointerInput } from './tool.ts';

const FAST = 10; // document px that an arrow moves with Shift

type Hold =
  | { readonly kind: 'handle'; readonly edges: Edges }
  | { readonly kind: 'draw' | 'move' | 'rotate' | 'level' };

interface Held {
  readonly hold: Hold;
  readonly before: CropFrame | null; // as it was stored
  readonly frame: CropFrame; // as it was shown
}

/**
 * Chooses what a crop keeps: handles resize the frame, a drag in it moves it (or draws one, while it is around all of the
 * picture), and a drag outside turns it. While straightening, a drag draws a line that the crop sets level.
 */
export class CropTool extends DragTool<Held> {
  readonly id = 'crop';

  /** The arrows move the frame. */
  nudge(step: Point, shift: boolean): boolean {
    const document = this.editor.active;
    if (!document?.crop) return false;
    const by = shift ? FAST : 1;
    document.crop = movedFrame(
      cropFrameOf(document),
      { x: step.x * by, y: step.y * by },
      document.current.canvas,
    );
    return true;
  }

  cursor(): string {
    const document = this.editor.active;
    if (!document || !this.pointer) return 'crosshair';
    const hold = this.drag?.held.hold ?? this.holdAt(document, this.pointer);
    if (hold.kind === 'handle') return cursorFor(hold.edges);
    if (hold.kind === 'rotate') return 'alias';
    return hold.kind === 'move' ? 'move' : 'crosshair';
  }

  protected hold(document: OpenDocument, input: PointerInput): Held {
    return { hold: this.holdAt(document, input), before: document.crop, frame: cropFrameOf(document) };
  }

  protected drop({ document, held, from, to }: Drag<Held>, clicked: boolean): void {
    if (held.hold.kind !== 'level' || clicked) return;
    setCropAngle(document, angleOfLine(from, to));
    this.editor.tools.straightening = false;
  }

  protected override takeBack({ document, held }: Drag<Held>): void {
    document.crop = held.before;
  }

  protected override drawn({ held, from, to }: Drag<Held>): Overlay[] {
    return held.hold.kind === 'level' ? [{ kind: 'line', from, to }] : [];
  }

  protected override follow({ document, held: { hold, before, frame }, from, to }: Drag<Held>): void {
    if (isClick(from, to)) return;
    const { canvas } = document.current;
    const ratio = this.ratio(canvas, frame, to.shift);
    const [start, now] = [intoFrame(frame, from), intoFrame(frame, to)];
    switch (hold.kind) {
      case 'handle':
        document.crop = resizedFrame(
          frame,
          hold.edges,
          { x: now.x - start.x, y: now.y - start.y },
          ratio,
          canvas,
        );
        break;
      case 'move':
        document.crop = movedFrame(frame, { x: to.x - from.x, y: to.y - from.y }, canvas);
        break;
      case 'draw':
        document.crop = drawnFrame(from, to, this.ratio(canvas, { width: 1, height: 1 }, to.shift), canvas);
        break;
      case 'rotate':
        document.crop = before ?? frame;
        setCropAngle(document, frame.angle + degreesOf(now) - degreesOf(start));
        break;
      case 'level':
        break;
    }
  }

  /** Shift keeps the shape that the frame has. */
  private ratio(canvas: Rect, { width, height }: Pick<CropFrame, 'width' | 'height'>, shift: boolean) {
    return ratioOf(this.editor.tools.cropRatio, canvas) ?? (shift ? width / height : null);
  }

  private holdAt(document: OpenDocument, input: PointerInput): Hold {
    if (this.editor.tools.straightening) return { kind: 'level' };
    const { view } = document;
    const frame = cropFrameOf(document);
    const edges = handleUnder(view, frame, input);
    if (edges) return { kind: 'handle', edges };
    const { x, y } = intoFrame(frame, input);
    const inside = Math.abs(x) <= frame.width / 2 && Math.abs(y) <= frame.height / 2;
    if (!inside) return { kind: 'rotate' };
    return { kind: document.crop ? 'move' : 'draw' };
  }
}

function degreesOf({ x, y }: Point): number {
  return (Math.atan2(y, x) * 180) / Math.PI;
}
