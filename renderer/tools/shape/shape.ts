import type { Rect } from '../../../core/base/geometry.ts';
import type { Coverage } from '../../../core/pixels/coverage.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { CombineMode } from '../../state/tools.svelte.ts';
import { combineMode } from '../combineMode.ts';
import { beginGesture } from '../gesture.ts';
import { deselect, selectShape } from '../selectShape.ts';
import type { Keys, PointerInput, Sketch, Tool } from '../tool.ts';
import { isClick } from '../click.ts';
import { dragRect } from './dragRect.ts';

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
  readonly held: { shift: boolean; alt: boolean }; // since the button went down, so for the mode
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
    this.dragging = { document, from: input, to: input, mode, held: { shift, alt }, end };
  }

  move(input: PointerInput): void {
    if (!this.dragging) return;
    const { held } = this.dragging;
    held.shift &&= input.shift;
    held.alt &&= input.alt;
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
    selectShape(document, this.kind.label, coverage, mode, { Size: `${rect.width} x ${rect.height} px` });
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

  sketches(): Sketch[] {
    const { dragging } = this;
    if (!dragging || isClick(dragging.from, dragging.to)) return [];
    return [{ kind: this.kind.id, rect: rectOf(dragging) }];
  }
}

function rectOf({ from, to, held }: Dragging): Rect {
  return dragRect(from, to, { square: to.shift && !held.shift, centred: to.alt && !held.alt });
}
