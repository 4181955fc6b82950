import type { CombineMode } from '../state/tools.svelte.ts';
import type { Coverage } from '../../core/pixels/picture.ts';
import type { Editor } from '../state/editor.svelte.ts';
import type { Keys, PointerInput, Overlay, Tool } from './tool.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import type { Point } from '../state/view.svelte.ts';
import type { Rect } from '../../core/base/geometry.ts';
import { beginGesture, isClick } from './gesture.ts';
import { combineMode, deselect, selectShape } from './select.ts';
import { ellipse, rectangle } from '../../core/selection/shapes.ts';

/** What sets one shape apart from another. */
export interface ShapeKind {
  readonly id: 'rectangle' | 'ellipse';
  readonly label: string; // of the undo step
  cover(rect: Rect, canvas: Rect): Coverage; // document px
}

interface Dragging {
  readonly document: OpenDocument;
  readonly from: PointerInput;
  readonly mode: CombineMode;
  readonly keys: { shift: boolean; alt: boolean }; // since the button went down, so for the mode
  to: PointerInput;
  readonly end: () => void; // of the gesture
}

/**
 * Drags a shape out. The keys that are held when it begins say how it meets the selection; let go and pressed again, Shift
 * keeps the sides equal and Alt draws around the first point. A click lets go of what is selected.
 */
export class ShapeTool implements Tool {
  readonly id: ShapeKind['id'];
  private readonly editor: Editor;
  private readonly kind: ShapeKind;
  private dragging: Dragging | null = null;

  constructor(editor: Editor, kind: ShapeKind) {
    this.id = kind.id;
    this.editor = editor;
    this.kind = kind;
  }

  down(input: PointerInput): void {
    this.cancel();
    const document = this.editor.active;
    if (!document) return;
    const mode = this.mode(input);
    const { shift, alt } = input;
    const end = beginGesture(this.editor, this);
    this.dragging = { document, from: input, to: input, mode, keys: { shift, alt }, end };
  }

  move(input: PointerInput): void {
    if (!this.dragging) return;
    const { keys } = this.dragging;
    keys.shift &&= input.shift;
    keys.alt &&= input.alt;
    this.dragging.to = input;
  }

  up(input: PointerInput): void {
    this.move(input);
    const { dragging } = this;
    this.cancel();
    if (!dragging) return;
    const { document, from, to, mode } = dragging;
    if (isClick(from, to)) {
      if (mode === 'replace') deselect(document);
      return;
    }
    const rect = rectOf(dragging);
    const coverage = this.kind.cover(rect, document.current.canvas);
    selectShape(document, this.kind.label, coverage, mode, [
      { kind: 'size', of: 'px', width: rect.width, height: rect.height },
    ]);
  }

  hover(): void {
    this.cancel();
  }

  cancel(): void {
    this.dragging?.end();
    this.dragging = null;
  }

  mode(keys: Keys): CombineMode {
    return combineMode(this.editor.tools.combine, keys);
  }

  cursor(): string {
    return 'crosshair';
  }

  overlays(): Overlay[] {
    const { dragging } = this;
    if (!dragging || isClick(dragging.from, dragging.to)) return [];
    return [{ kind: this.kind.id, rect: rectOf(dragging) }];
  }
}

function rectOf({ from, to, keys }: Dragging): Rect {
  return dragRect(from, to, { square: to.shift && !keys.shift, centred: to.alt && !keys.alt });
}

export function createRectangle(editor: Editor): ShapeTool {
  return new ShapeTool(editor, { id: 'rectangle', label: 'Rectangle', cover: rectangle });
}

export function createEllipse(editor: Editor): ShapeTool {
  return new ShapeTool(editor, { id: 'ellipse', label: 'Ellipse', cover: ellipse });
}

interface DragOptions {
  readonly square: boolean; // both sides as long as the longer one
  readonly centred: boolean; // around the first point, which is a corner otherwise
}

/** The whole pixels from the one under `from` to the one under `to`, document px. */
export function dragRect(from: Point, to: Point, { square, centred }: DragOptions): Rect {
  const x = span(from.x, to.x);
  const y = span(from.y, to.y);
  const most = Math.max(x.length, y.length);
  const across = square ? most : x.length;
  const down = square ? most : y.length;
  return {
    x: start(x, across, centred),
    y: start(y, down, centred),
    width: centred ? 2 * across - 1 : across,
    height: centred ? 2 * down - 1 : down,
  };
}

interface Span {
  readonly from: number; // the pixel that the drag began in
  readonly length: number; // px, at least 1
  readonly back: boolean; // towards smaller coordinates
}

function span(from: number, to: number): Span {
  const [first, last] = [Math.floor(from), Math.floor(to)];
  return { from: first, length: Math.abs(last - first) + 1, back: last < first };
}

function start({ from, back }: Span, length: number, centred: boolean): number {
  return centred || back ? from - length + 1 : from;
}
