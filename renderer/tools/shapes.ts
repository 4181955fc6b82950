import type { Coverage } from '../../core/pixels/picture.ts';
import type { Editor } from '../state/editor.svelte.ts';
import type { PointerInput, Overlay } from './tool.ts';
import type { Point } from '../state/view.svelte.ts';
import type { Rect } from '../../core/base/geometry.ts';
import type { Drag } from './drag.ts';
import { deselect, selectShape } from './select.ts';
import { SelectTool } from './selectTool.ts';
import { ellipse, rectangle } from '../../core/selection/shapes.ts';

/** What sets one shape apart from another. */
export interface ShapeKind {
  readonly id: 'rectangle' | 'ellipse';
  readonly label: string; // of the undo step
  cover(rect: Rect, canvas: Rect): Coverage; // document px
}

interface Drawn {
  readonly keys: { shift: boolean; alt: boolean }; // since the button went down, so for the mode
}

/**
 * Drags a shape out. The keys that are held when it begins say how it meets the selection; let go and pressed again, Shift
 * keeps the sides equal and Alt draws around the first point. A click lets go of what is selected.
 */
export class ShapeTool extends SelectTool<Drawn> {
  readonly id: ShapeKind['id'];
  private readonly kind: ShapeKind;

  constructor(editor: Editor, kind: ShapeKind) {
    super(editor);
    this.id = kind.id;
    this.kind = kind;
  }

  protected begin({ shift, alt }: PointerInput): Drawn {
    return { keys: { shift, alt } };
  }

  protected override extend({ held: { keys }, to }: Drag<Drawn>): void {
    keys.shift &&= to.shift;
    keys.alt &&= to.alt;
  }

  protected select(drag: Drag<Drawn>, clicked: boolean): void {
    const { document, from } = drag;
    const mode = this.mode(from);
    if (clicked) {
      if (mode === 'replace') deselect(document);
      return;
    }
    const rect = rectOf(drag);
    const coverage = this.kind.cover(rect, document.current.canvas);
    selectShape(document, this.kind.label, coverage, mode, [
      { kind: 'size', of: 'px', width: rect.width, height: rect.height },
    ]);
  }

  protected override outline(drag: Drag<Drawn>): Overlay[] {
    return [{ kind: this.kind.id, rect: rectOf(drag) }];
  }
}

function rectOf({ from, to, held: { keys } }: Drag<Drawn>): Rect {
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
