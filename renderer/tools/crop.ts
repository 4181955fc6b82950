import {
  angleOfLine,
  type CropFrame,
  drawnFrame,
  intoFrame,
  movedFrame,
  outOfFrame,
  resizedFrame,
} from '../../core/document/remake/cropFrame.ts';
import type { Rect } from '../../core/base/geometry.ts';
import { setCropAngle } from '../commands/canvas/crop.ts';
import { cropFrameOf } from '../state/crop.ts';
import type { Editor } from '../state/editor.svelte.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import { ratioOf } from '../state/ratios.ts';
import type { Point } from '../state/view.svelte.ts';
import { cursorFor, type Edges, HANDLES } from './frame/handles.ts';
import { beginGesture, isClick } from './gesture.ts';
import type { Overlay, PointerInput, Tool } from './tool.ts';

const REACH = 10; // CSS px around a handle
const FAST = 10; // document px that an arrow moves with Shift

type Hold =
  | { readonly kind: 'handle'; readonly edges: Edges }
  | { readonly kind: 'draw' | 'move' | 'rotate' | 'level' };

interface Dragging {
  readonly document: OpenDocument;
  readonly hold: Hold;
  readonly before: CropFrame | null; // as it was stored
  readonly frame: CropFrame; // as it was shown
  readonly from: PointerInput;
  to: PointerInput;
  readonly end: () => void; // of the gesture
}

/**
 * Chooses what a crop keeps: handles resize the frame, a drag in it moves it (or draws one, while it is around all of the
 * picture), and a drag outside turns it. While straightening, a drag draws a line that the crop sets level.
 */
export class CropTool implements Tool {
  readonly id = 'crop';
  private readonly editor: Editor;
  private dragging: Dragging | null = null;
  private pointer: PointerInput | null = null;

  constructor(editor: Editor) {
    this.editor = editor;
  }

  down(input: PointerInput): void {
    this.cancel();
    const document = this.editor.active;
    if (!document) return;
    this.dragging = {
      document,
      hold: this.holdAt(document, input),
      before: document.crop,
      frame: cropFrameOf(document),
      from: input,
      to: input,
      end: beginGesture(this.editor, this),
    };
  }

  move(input: PointerInput): void {
    this.pointer = input;
    const { dragging } = this;
    if (!dragging) return;
    dragging.to = input;
    if (dragging.hold.kind !== 'level' && !isClick(dragging.from, input)) this.follow(dragging);
  }

  up(input: PointerInput): void {
    this.move(input);
    const { dragging } = this;
    this.dragging = null;
    dragging?.end();
    if (dragging?.hold.kind !== 'level' || isClick(dragging.from, dragging.to)) return;
    setCropAngle(dragging.document, angleOfLine(dragging.from, dragging.to));
    this.editor.tools.straightening = false;
  }

  hover(input: PointerInput): void {
    this.pointer = input;
  }

  leave(): void {
    this.pointer = null;
  }

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

  cancel(): void {
    const { dragging } = this;
    this.dragging = null;
    if (!dragging) return;
    dragging.end();
    dragging.document.crop = dragging.before;
  }

  cursor(): string {
    const document = this.editor.active;
    if (!document || !this.pointer) return 'crosshair';
    const hold = this.dragging?.hold ?? this.holdAt(document, this.pointer);
    if (hold.kind === 'handle') return cursorFor(hold.edges);
    if (hold.kind === 'rotate') return 'alias';
    return hold.kind === 'move' ? 'move' : 'crosshair';
  }

  overlays(): Overlay[] {
    const { dragging } = this;
    if (dragging?.hold.kind !== 'level') return [];
    return [{ kind: 'line', from: dragging.from, to: dragging.to }];
  }

  private follow({ document, hold, before, frame, from, to }: Dragging): void {
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
    const edges = HANDLES.find((edges) => {
      const at = view.toScreen(handleOf(frame, edges));
      return Math.hypot(at.x - input.screen.x, at.y - input.screen.y) <= REACH;
    });
    if (edges) return { kind: 'handle', edges };
    const { x, y } = intoFrame(frame, input);
    const inside = Math.abs(x) <= frame.width / 2 && Math.abs(y) <= frame.height / 2;
    if (!inside) return { kind: 'rotate' };
    return { kind: document.crop ? 'move' : 'draw' };
  }
}

/** Where a handle of the frame lies, document px. */
export function handleOf(frame: CropFrame, { x, y }: Edges): Point {
  return outOfFrame(frame, { x: (x * frame.width) / 2, y: (y * frame.height) / 2 });
}

function degreesOf({ x, y }: Point): number {
  return (Math.atan2(y, x) * 180) / Math.PI;
}
