import { polygon } from '../../core/selection/shapes.ts';
import type { Editor } from '../state/editor.svelte.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import type { CombineMode } from '../state/tools.svelte.ts';
import type { Point } from '../state/view.svelte.ts';
import { combineMode, selectShape } from './select.ts';
import { beginGesture } from './gesture.ts';
import type { Keys, PointerInput, Overlay, Tool } from './tool.ts';

interface Drawing {
  readonly document: OpenDocument;
  readonly mode: CombineMode;
  readonly corners: PointerInput[]; // the first ones are set, the last follows the pointer
  readonly end: () => void; // of the gesture
}

const LEAST_CORNERS = 3;
const SAME = 3; // CSS px between two clicks on one corner
const CLOSING = 8; // CSS px around the first corner

/**
 * Selects between corners that are clicked one after the other. Enter, a double click or a click on the first corner closes
 * the shape, Backspace takes the last corner back, Escape gives it up.
 */
export class PolygonTool implements Tool {
  readonly id = 'polygon';
  private readonly editor: Editor;
  private drawing: Drawing | null = null;

  constructor(editor: Editor) {
    this.editor = editor;
  }

  down(input: PointerInput): void {
    if (this.drawing?.document !== this.editor.active) this.cancel();
    if (this.drawing) this.setCorner(this.drawing, input);
    else this.begin(input);
  }

  move(input: PointerInput): void {
    this.hover(input);
  }

  up(input: PointerInput): void {
    this.hover(input);
  }

  hover(input: PointerInput): void {
    const corners = this.drawing?.corners;
    if (corners) corners[corners.length - 1] = input;
  }

  double(): void {
    this.finish();
  }

  /** Closes the shape; with fewer than three corners there is nothing to close yet. */
  finish(): void {
    const { drawing } = this;
    if (!drawing) return;
    const corners = setCorners(drawing);
    if (corners.length < LEAST_CORNERS) return;
    this.cancel();
    const { document, mode } = drawing;
    const shape = polygon(corners.map(pointOf), document.current.canvas);
    selectShape(document, 'Polygon', shape, mode, [{ kind: 'count', of: 'corners', count: corners.length }]);
  }

  stepBack(): void {
    const corners = this.drawing?.corners;
    if (!corners) return;
    if (corners.length <= 2) this.cancel();
    else corners.splice(-2, 1);
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
    if (!this.drawing) return [];
    return [{ kind: 'path', points: this.drawing.corners.map(pointOf), corners: true }];
  }

  private begin(input: PointerInput): void {
    const document = this.editor.active;
    if (!document) return;
    const mode = this.mode(input);
    this.drawing = { document, mode, corners: [input, input], end: beginGesture(this.editor, this) };
  }

  private setCorner(drawing: Drawing, input: PointerInput): void {
    const set = setCorners(drawing);
    const away = (corner: PointerInput): number =>
      Math.hypot(corner.x - input.x, corner.y - input.y) * drawing.document.view.zoom;
    if (set.length >= LEAST_CORNERS && away(set[0]!) < CLOSING) this.finish();
    // The second click of a double click sets no corner of its own.
    else if (away(set.at(-1)!) >= SAME) drawing.corners.splice(-1, 1, input, input);
  }
}

function setCorners({ corners }: Drawing): PointerInput[] {
  return corners.slice(0, -1);
}

function pointOf({ x, y }: PointerInput): Point {
  return { x, y };
}
