import type { Frame } from '../../../core/frames/frame.ts';
import { extendBy } from '../../commands/canvas/extend.ts';
import { extendRect, intersectRects, isEmptyRect, type Margins } from '../../../core/base/geometry.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Point } from '../../state/view.svelte.ts';
import { type Drag, DragTool } from '../drag.ts';
import type { PointerInput, Overlay } from '../tool.ts';
import { cursorFor, shownFrames, type FrameTarget, frameTargetAt } from './handles.ts';
import { drawFrame, leastTokens, moveFrame, resizeFrame, tokensNow, unitOf } from './geometry.ts';

/**
 * Moves, resizes or draws the frame of the next fill, by whole tokens; and extends the picture by its edges.
 * A double click in the frame goes back to the one that is chosen by itself.
 */
export class FrameTool extends DragTool<FrameTarget> {
  readonly id = 'frame';

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

  cursor(): string {
    const document = this.editor.active;
    if (!document || !this.pointer) return 'crosshair';
    const target = this.drag?.held ?? frameTargetAt(document, this.pointer.screen);
    if (target.kind === 'handle' || target.kind === 'edge') return cursorFor(target.edges);
    return target.kind === 'inside' ? 'move' : 'crosshair';
  }

  protected hold(document: OpenDocument, { screen }: PointerInput): FrameTarget {
    return frameTargetAt(document, screen);
  }

  protected drop(drag: Drag<FrameTarget>, clicked: boolean): void {
    if (clicked) return;
    const margins = this.margins(drag);
    const frame = this.frame(drag);
    if (margins) extendBy(this.editor, margins);
    else if (frame && meets(frame, drag.document)) commitFrame(drag.document, frame);
  }

  protected override drawn(drag: Drag<FrameTarget>): Overlay[] {
    const margins = this.margins(drag);
    if (margins) return [{ kind: 'canvas', rect: extendRect(drag.document.current.canvas, margins) }];
    const frame = this.frame(drag);
    return frame && meets(frame, drag.document) ? [{ kind: 'frame', frame }] : [];
  }

  /** The frame as the drag has it by now; null where no frame is dragged. */
  private frame({ document, held: target, from, to }: Drag<FrameTarget>): Frame | null {
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
      case 'edge':
        return null;
    }
  }

  /** How far an edge was drawn outwards, in whole tokens; null where none was. */
  private margins({ held: target, from, to }: Drag<FrameTarget>): Margins | null {
    if (target.kind !== 'edge') return null;
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

/** Whether a frame shows something of the picture: beside it there is nothing to be refilled, and nothing to see. */
function meets({ rect }: Frame, { current }: OpenDocument): boolean {
  return !isEmptyRect(intersectRects(rect, current.canvas));
}

function commitFrame(document: OpenDocument, after: Frame): void {
  const { frame: before } = document.current;
  const { width, height } = after.rect;
  document.commit('Frame', { frame: { before, after } }, [
    { kind: 'size', of: 'px', width, height },
    { kind: 'scale', least: after.scale, most: after.scale },
  ]);
}
