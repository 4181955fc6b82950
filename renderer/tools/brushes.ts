import {
  type Brush,
  type Stroke,
  beginStroke,
  endStroke,
  lineTo,
  strokeRaster,
  strokeTo,
} from '../../core/selection/stroke.ts';
import type { CombineMode, ToolId } from '../state/tools.svelte.ts';
import type { Editor } from '../state/editor.svelte.ts';
import type { Keys, PointerInput, Overlay, Tool } from './tool.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import type { Point } from '../state/view.svelte.ts';
import type { Rect } from '../../core/base/geometry.ts';
import { applyPatch } from '../../core/raster/patch.ts';
import { beginGesture } from './gesture.ts';
import { empty } from '../../core/raster/make.ts';
import type { Raster } from '../../core/raster/raster.ts';
import { remove } from '../commands/fill/remove.ts';
import { beginOriginalBack } from '../../core/document/originalBack.ts';

/** What sets one brush apart from another. */
export interface StrokeKind {
  readonly id: ToolId;
  readonly label: string; // of the undo step
  readonly raster: 'picture' | 'selection'; // what it changes
  begin(document: OpenDocument, brush: Brush, keys: Keys): Stroke;
  /** What is done with the stroke; left out, it is committed to the raster. */
  finish?(document: OpenDocument, covered: Raster): void;
  /** What Alt makes of it; null where Alt makes no difference. */
  readonly withAlt: CombineMode | null;
}

interface Drawing {
  readonly document: OpenDocument;
  readonly stroke: Stroke;
  readonly end: () => void; // of the gesture
}

/** A brush: one gesture is one stroke and one undo step. It begins and ends anywhere, also outside the canvas. */
export class StrokeTool implements Tool {
  readonly id: ToolId;
  private readonly editor: Editor;
  private readonly kind: StrokeKind;
  private drawing: Drawing | null = null;
  private last: { document: OpenDocument; point: Point } | null = null; // where the stroke before this one ended
  private pointer: PointerInput | null = null; // over the canvas

  constructor(editor: Editor, kind: StrokeKind) {
    this.id = kind.id;
    this.editor = editor;
    this.kind = kind;
  }

  down(input: PointerInput): void {
    this.cancel();
    const document = this.editor.active;
    if (!document) return;
    const { size, hardness, opacity } = this.editor.tools;
    const stroke = this.kind.begin(document, { size, hardness, opacity }, input);
    const end = beginGesture(this.editor, this);
    this.drawing = { document, stroke, end };
    document.live = { [this.kind.raster]: strokeRaster(stroke) };
    const from = this.lineFrom(input);
    if (from) this.paint(strokeTo(stroke, { ...from, pressure: this.pressure(input) }));
    this.extend(input, from ? lineTo : strokeTo);
  }

  move(input: PointerInput): void {
    this.extend(input, strokeTo);
  }

  up(): void {
    const { drawing } = this;
    if (!drawing) return;
    const { document, stroke } = drawing;
    const patch = endStroke(stroke);
    if (stroke.last) {
      this.last = { document, point: stroke.last };
      document.touch(around(stroke.last, stroke.brush.size)); // where the end was just stamped
    }
    this.leaveDrawing();
    // Something else may have changed the raster meanwhile; then the stroke was drawn on what is no more.
    const isNew = this.kind.finish !== undefined; // it began on a raster of its own
    if (!isNew && document.current[this.kind.raster].tiles !== stroke.tiles.base.tiles) return;
    if (this.kind.finish) {
      this.kind.finish(document, applyPatch(stroke.tiles.base, patch));
      return;
    }
    const { size, hardness, opacity } = stroke.brush;
    document.commit(this.kind.label, { [this.kind.raster]: patch }, [
      { kind: 'brush', size, hardness, opacity },
    ]);
  }

  hover(input: PointerInput): void {
    this.pointer = input;
  }

  leave(): void {
    this.pointer = null;
  }

  cancel(): void {
    this.leaveDrawing();
  }

  mode({ alt }: Keys): CombineMode | null {
    return alt ? this.kind.withAlt : null;
  }

  cursor(): string {
    return 'none';
  }

  overlays(): Overlay[] {
    if (!this.pointer) return [];
    const { size, hardness } = this.editor.tools;
    const ring: Overlay = { kind: 'brush', centre: this.pointer, size, hardness };
    const from = this.drawing ? null : this.lineFrom(this.pointer);
    return from ? [{ kind: 'line', from, to: this.pointer }, ring] : [ring];
  }

  private extend(input: PointerInput, go: typeof strokeTo): void {
    this.pointer = input;
    if (!this.drawing) return;
    this.paint(go(this.drawing.stroke, { x: input.x, y: input.y, pressure: this.pressure(input) }));
  }

  private paint(touched: Rect | null): void {
    if (touched) this.drawing?.document.touch(touched);
  }

  /** With Shift a straight line comes from where the last stroke ended. */
  private lineFrom({ shift }: PointerInput): Point | null {
    const { last } = this;
    if (!shift || !last) return null;
    return last.document === this.editor.active ? last.point : null;
  }

  private pressure({ pressure }: PointerInput): number {
    return this.editor.tools.pressure ? pressure : 1;
  }

  private leaveDrawing(): void {
    const { drawing } = this;
    this.drawing = null;
    if (!drawing) return;
    drawing.end();
    drawing.document.live = null;
  }
}

function around({ x, y }: Point, size: number): Rect {
  const reach = size / 2 + 1;
  const left = Math.floor(x - reach);
  const top = Math.floor(y - reach);
  return { x: left, y: top, width: Math.ceil(x + reach) - left, height: Math.ceil(y + reach) - top };
}

/** Paints what will be refilled; with Alt it takes away, as the eraser does. */
export function createBrush(editor: Editor): StrokeTool {
  return new StrokeTool(editor, {
    id: 'brush',
    label: 'Brush',
    raster: 'selection',
    withAlt: 'subtract',
    begin: ({ current }, brush, { alt }) =>
      beginStroke(current.selection, { ...brush, mode: alt ? 'subtract' : 'add' }),
  });
}

/** Takes away from the selection; with Alt it paints, as the brush does. */
export function createEraser(editor: Editor): StrokeTool {
  return new StrokeTool(editor, {
    id: 'eraser',
    label: 'Eraser',
    raster: 'selection',
    withAlt: 'add',
    begin: ({ current }, brush, { alt }) =>
      beginStroke(current.selection, { ...brush, mode: alt ? 'add' : 'subtract' }),
  });
}

/** Paints over something, which is filled when the stroke ends. What is selected stays as it is. */
export function createRemoval(editor: Editor): StrokeTool {
  return new StrokeTool(editor, {
    id: 'remove',
    label: 'Remove',
    raster: 'selection',
    withAlt: null,
    begin: ({ current }, brush) =>
      beginStroke(empty(current.canvas, 1), { ...brush, opacity: 1, mode: 'add' }),
    finish: (document, covered) => void remove(editor, document, covered),
  });
}

/** Paints the picture back as it was opened. */
export function createOriginal(editor: Editor): StrokeTool {
  return new StrokeTool(editor, {
    id: 'original',
    label: 'Original back',
    raster: 'picture',
    withAlt: null,
    begin: ({ current }, brush) => beginOriginalBack(current, brush),
  });
}
