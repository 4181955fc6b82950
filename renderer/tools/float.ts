import type { Editor } from '../state/editor.svelte.ts';
import type { FloatingSelection, OpenDocument } from '../state/openDocument.svelte.ts';
import type { Frame } from '../../core/frames/frame.ts';
import type { Point } from '../state/view.svelte.ts';
import type { PointerInput, Overlay, Tool } from './tool.ts';
import type { Rect } from '../../core/base/geometry.ts';
import { beginGesture } from './gesture.ts';
import { moveFloating } from '../commands/stitch/float.ts';
import { pieceRect } from '../../core/document/piece.ts';

const REACH = 6; // CSS px within which the edges of the canvas attract the selection
const FAST = 10; // document px that an arrow moves with Shift

interface Dragging {
  readonly document: OpenDocument;
  readonly floating: FloatingSelection; // as it lay
  readonly from: PointerInput;
  readonly end: () => void; // of the gesture
}

/**
 * Moves the floating selection. It comes to rest on the edges of the canvas, or on tokens while those are shown; with Alt
 * on any px. Escape while it is dragged lets it lie where it was.
 */
export class FloatTool implements Tool {
  readonly id = 'float';
  private readonly editor: Editor;
  private dragging: Dragging | null = null;

  constructor(editor: Editor) {
    this.editor = editor;
  }

  down(input: PointerInput): void {
    this.cancel();
    const document = this.editor.active;
    if (!document?.floating) return;
    const end = beginGesture(this.editor, this);
    this.dragging = { document, floating: document.floating, from: input, end };
  }

  move(input: PointerInput): void {
    const { dragging } = this;
    if (dragging) moveFloating(dragging.document, this.placeFor(dragging, input));
  }

  up(input: PointerInput): void {
    this.move(input);
    this.dragging?.end();
    this.dragging = null;
  }

  hover(): void {
    // Wherever the pointer is, it can take hold of it.
  }

  cancel(): void {
    const { dragging } = this;
    this.dragging = null;
    if (!dragging) return;
    dragging.end();
    moveFloating(dragging.document, dragging.floating);
  }

  nudge(step: Point, shift: boolean): boolean {
    const document = this.editor.active;
    if (!document?.floating) return false;
    const by = shift ? FAST : 1;
    const { x, y } = document.floating;
    moveFloating(document, { x: x + step.x * by, y: y + step.y * by });
    return true;
  }

  cursor(): string {
    return 'move';
  }

  overlays(): Overlay[] {
    return []; // the floating selection is drawn with the picture
  }

  private placeFor({ document, floating, from }: Dragging, to: PointerInput): Point {
    const x = floating.x + to.x - from.x;
    const y = floating.y + to.y - from.y;
    if (to.alt) return { x, y };
    const { preferences } = this.editor;
    return snapFloating(
      { ...pieceRect(floating), x, y },
      {
        canvas: document.current.canvas,
        frame: preferences.tokenGrid ? (document.tokenWork.frameTokens?.tokens.frame ?? null) : null,
        reach: REACH / document.view.zoom,
      },
    );
  }
}

/** What a dragged selection snaps to. */
interface SnapLines {
  readonly canvas: Rect; // document px; its edges, inside and outside
  readonly frame: Frame | null; // its tokens; they come before the edges
  readonly reach: number; // document px
}

/** Where its corner comes to lie, document px: on a line that is near, else on the nearest whole px. */
export function snapFloating({ x, y, width, height }: Rect, { canvas, frame, reach }: SnapLines): Point {
  return {
    x: snapped(x, width, canvas.x, canvas.width, reach, frame && lattice(frame.rect.x, unitOf(frame), x)),
    y: snapped(y, height, canvas.y, canvas.height, reach, frame && lattice(frame.rect.y, unitOf(frame), y)),
  };
}

function snapped(
  start: number,
  length: number,
  edge: number,
  extent: number,
  reach: number,
  onToken: number | null,
): number {
  if (onToken !== null) return onToken;
  const far = edge + extent;
  const places = [edge, edge - length, far, far - length];
  const near = places.reduce((best, place) =>
    Math.abs(place - start) < Math.abs(best - start) ? place : best,
  );
  return Math.abs(near - start) <= reach ? near : Math.round(start);
}

function lattice(origin: number, unit: number, at: number): number {
  return Math.round(origin + Math.round((at - origin) / unit) * unit);
}

function unitOf({ rect, columns }: Frame): number {
  return rect.width / columns;
}
