import type { Frame } from '../../../core/frames/frame.ts';
import { extendBy } from '../../commands/canvas/extend.ts';
import { extendRect, type Margins } from '../../../core/base/geometry.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Point } from '../../state/view.svelte.ts';
import { beginGesture, isClick } from '../gesture.ts';
import type { PointerInput, Overlay, Tool } from '../tool.ts';
import { cursorFor, shownFrames, type FrameTarget, frameTargetAt } from './handles.ts';
import { drawFrame, leastTokens, moveFrame, resizeFrame, tokensNow, unitOf } from './geometry.ts';

interface Dragging {
  readonly document: OpenDocument;
  readonly target: FrameTarget;
  readonly from: PointerInput;
  to: PointerInput;
  readonly end: () => void; // of the gesture
}

/**
 * Moves, resizes or draws the frame of the next fill, by whole tokens; and extends the picture by the grips on its edges.
 * A double click in the frame goes back to the one that is chosen by itself.
 */
export class FrameTool implements Tool {
  readonly id = 'frame';
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
    const target = frameTargetAt(document, input.screen);
    this.dragging = { document, target, from: input, to: input, end: beginGesture(this.editor, this) };
  }

  move(input: PointerInput): void {
    this.pointer = input;
    if (this.dragging) this.dragging.to = input;
  }

  up(input: PointerInput): void {
    this.move(input);
    const { dragging } = this;
    if (!dragging) return;
    const margins = this.margins(dragging);
    const frame = this.frame(dragging);
    this.cancel();
    if (isClick(dragging.from, dragging.to)) return;
    if (margins) extendBy(this.editor, margins);
    else if (frame) commitFrame(dragging.document, frame);
  }

  hover(input: PointerInput): void {
    this.cancel();
    this.pointer = input;
  }

  leave(): void {
    this.pointer = null;
  }

  double({ screen }: PointerInput): void {
    const document = this.editor.active;
    if (!document?.current.frame || frameTargetAt(document, screen).kind !== 'inside') return;
    document.commit('Automatic frame', { frame: { before: document.current.frame, after: null } });
  }

  /** The arrows move the frame by a token; with Shift they move its right and its lower edge. */
  nudge(step: Point, shift: boolean): boolean {
    const document = this.editor.active;
    const frame = document && shownFrames(document)[0];
    if (!document || !frame) return false;
    const unit = unitOf(frame);
    const by = { x: step.x * unit, y: step.y * unit };
    const next = shift
      ? resizeFrame(frame, { x: 1, y: 1 }, by, leastTokens(this.editor))
      : moveFrame(frame, by, document.current.canvas);
    commitFrame(document, next);
    return true;
  }

  cancel(): void {
    this.dragging?.end();
    this.dragging = null;
  }

  cursor(): string {
    const document = this.editor.active;
    if (!document || !this.pointer) return 'crosshair';
    const target = this.dragging?.target ?? frameTargetAt(document, this.pointer.screen);
    if (target.kind === 'handle' || target.kind === 'grip') return cursorFor(target.edges);
    return target.kind === 'inside' ? 'move' : 'crosshair';
  }

  overlays(): Overlay[] {
    const { dragging } = this;
    if (!dragging || isClick(dragging.from, dragging.to)) return [];
    const margins = this.margins(dragging);
    if (margins) return [{ kind: 'canvas', rect: extendRect(dragging.document.current.canvas, margins) }];
    const frame = this.frame(dragging);
    return frame ? [{ kind: 'frame', frame }] : [];
  }

  /** The frame as the drag has it by now; null where no frame is dragged. */
  private frame({ document, target, from, to }: Dragging): Frame | null {
    const by = { x: to.x - from.x, y: to.y - from.y };
    switch (target.kind) {
      case 'handle':
        return resizeFrame(target.frame, target.edges, by, leastTokens(this.editor));
      case 'inside':
        return moveFrame(target.frame, by, document.current.canvas);
      case 'nothing': {
        const tokens = tokensNow(this.editor);
        return tokens && drawFrame(from, to, tokens);
      }
      case 'grip':
        return null;
    }
  }

  /** How far a grip was drawn outwards, in whole tokens; null where none was. */
  private margins({ target, from, to }: Dragging): Margins | null {
    if (target.kind !== 'grip') return null;
    const unit = tokensNow(this.editor)?.unit ?? 1;
    const out = (edge: number, by: number): number => Math.max(0, Math.round((edge * by) / unit) * unit);
    const { x, y } = target.edges;
    return {
      left: x < 0 ? out(x, to.x - from.x) : 0,
      right: x > 0 ? out(x, to.x - from.x) : 0,
      top: y < 0 ? out(y, to.y - from.y) : 0,
      bottom: y > 0 ? out(y, to.y - from.y) : 0,
    };
  }
}

function commitFrame(document: OpenDocument, after: Frame): void {
  const { frame: before } = document.current;
  const { width, height } = after.rect;
  document.commit('Frame', { frame: { before, after } }, [
    { kind: 'size', of: 'px', width, height },
    { kind: 'scale', least: after.scale, most: after.scale },
  ]);
}
