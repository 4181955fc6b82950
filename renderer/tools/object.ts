import { containsPoint } from '../../core/base/geometry.ts';
import { pointAtObject } from '../commands/selection/object.ts';
import type { CombineMode } from '../state/tools.svelte.ts';
import type { Editor } from '../state/editor.svelte.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import { beginGesture, isClick } from './gesture.ts';
import { combineMode } from './select.ts';
import type { Keys, Overlay, PointerInput, Tool } from './tool.ts';

const RADIUS = 4; // CSS px around the pointer that surely belong to the object

interface Drawing {
  readonly document: OpenDocument;
  readonly mode: CombineMode;
  readonly points: PointerInput[];
  readonly end: () => void; // of the gesture
}

/** Selects an object by a click on it or a rough stroke along it; Shift and Alt strokes say what it lacks or has too much. */
export class ObjectTool implements Tool {
  readonly id = 'object';
  private readonly editor: Editor;
  private drawing: Drawing | null = null;

  constructor(editor: Editor) {
    this.editor = editor;
  }

  down(input: PointerInput): void {
    this.cancel();
    const document = this.editor.active;
    if (!document) return;
    const end = beginGesture(this.editor, this);
    this.drawing = { document, mode: this.mode(input), points: [input], end };
  }

  move(input: PointerInput): void {
    this.drawing?.points.push(input);
  }

  up(input: PointerInput): void {
    this.move(input);
    const { drawing } = this;
    this.cancel();
    if (!drawing) return;
    const { document, mode, points } = drawing;
    const radius = RADIUS / document.view.zoom;
    const from = points[0]!;
    const drawn = points.every((point) => isClick(from, point)) ? [from] : points;
    const inside = drawn
      .filter((point) => containsPoint(document.current.canvas, point))
      .map(({ x, y }) => ({ x, y }));
    if (inside.length > 0) void pointAtObject(this.editor, document, { points: inside, radius }, mode);
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
    const points = this.drawing?.points ?? [];
    return points.length < 2 ? [] : [{ kind: 'path', points, corners: false }];
  }
}
