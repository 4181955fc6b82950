import { polygon } from '../../core/selection/shapes.ts';
import type { Editor } from '../state/editor.svelte.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import type { CombineMode } from '../state/tools.svelte.ts';
import type { Point } from '../state/view.svelte.ts';
import { beginGesture, isClick } from './gesture.ts';
import { combineMode, deselect, selectShape } from './select.ts';
import type { Keys, PointerInput, Overlay, Tool } from './tool.ts';

interface Drawing {
  readonly document: OpenDocument;
  readonly mode: CombineMode;
  readonly from: PointerInput;
  readonly points: Point[]; // document px
  moved: boolean;
  readonly end: () => void; // of the gesture
}

/** Selects what is drawn around by hand; the end joins the beginning. A click lets go of what is selected. */
export class LassoTool implements Tool {
  readonly id = 'lasso';
  private readonly editor: Editor;
  private drawing: Drawing | null = null;

  constructor(editor: Editor) {
    this.editor = editor;
  }

  down(input: PointerInput): void {
    this.cancel();
    const document = this.editor.active;
    if (!document) return;
    const mode = this.mode(input);
    const end = beginGesture(this.editor, this);
    this.drawing = { document, mode, from: input, points: [pointOf(input)], moved: false, end };
  }

  move(input: PointerInput): void {
    if (!this.drawing) return;
    this.drawing.moved ||= !isClick(this.drawing.from, input);
    this.drawing.points.push(pointOf(input));
  }

  up(): void {
    const { drawing } = this;
    this.cancel();
    if (!drawing) return;
    const { document, mode, points, moved } = drawing;
    if (moved) selectShape(document, 'Lasso', polygon(points, document.current.canvas), mode);
    else if (mode === 'replace') deselect(document);
  }

  hover(): void {
    this.cancel();
  }

  cancel(): void {
    this.drawing?.end();
    this.drawing = null;
  }

  mode(keys: Keys): CombineMode {
    return combineMode(this.editor.tools.combine, keys);
  }

  cursor(): string {
    return 'crosshair';
  }

  overlays(): Overlay[] {
    return this.drawing ? [{ kind: 'path', points: this.drawing.points, corners: false }] : [];
  }
}

function pointOf({ x, y }: PointerInput): Point {
  return { x, y };
}
