import { intoFrame, resizedFrame, uprightRect, wholeFrame } from '../../core/document/remake/cropFrame.ts';
import { type Placement, placementRect, settledAngle } from '../../core/document/placement.ts';
import type { Rect } from '../../core/base/geometry.ts';
import type { Frame } from '../../core/frames/frame.ts';
import { changeFloating, moveFloating } from '../commands/stitch/float.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import type { Point } from '../state/view.svelte.ts';
import { type Drag, DragTool } from './drag.ts';
import { cursorFor, type Edges, handleUnder } from './frame/handles.ts';
import { isClick } from './gesture.ts';
import type { PointerInput } from './tool.ts';

const REACH = 6; // CSS px within which the edges of the canvas attract the piece
const FAST = 10; // document px that an arrow moves with Shift
const MIDDLE = 0.6; // of a piece's size: in there no handle is meant
const STEP = 15; // degrees that it turns by with Shift
const ATTRACTION = 1.5; // degrees within which a right angle attracts it
const ANYWHERE: Rect = { x: -1e8, y: -1e8, width: 2e8, height: 2e8 };

type Hold = { readonly kind: 'handle'; readonly edges: Edges } | { readonly kind: 'move' | 'rotate' };

interface Held {
  readonly hold: Hold;
  readonly placement: Placement; // as it lay
}

/**
 * Moves, resizes and turns the floating piece. Dragged inside, it comes to rest on the edges of the canvas, or on tokens while
 * those are shown; with Alt on any px. Corners keep its shape, but with Shift. A drag outside turns it, with Shift by steps.
 */
export class FloatTool extends DragTool<Held> {
  readonly id = 'float';

  nudge(step: Point, shift: boolean): boolean {
    const document = this.editor.active;
    if (!document?.floating) return false;
    const by = shift ? FAST : 1;
    const { x, y } = placementRect(document.floating.placement);
    moveFloating(document, { x: x + step.x * by, y: y + step.y * by });
    return true;
  }

  cursor(): string {
    const document = this.editor.active;
    if (!document?.floating || !this.pointer) return 'move';
    const hold = this.drag?.held.hold ?? holdAt(document, document.floating.placement, this.pointer);
    if (hold.kind === 'handle') return cursorFor(hold.edges);
    return hold.kind === 'rotate' ? 'alias' : 'move';
  }

  protected hold(document: OpenDocument, input: PointerInput): Held | null {
    const { floating } = document;
    if (!floating) return null;
    const { placement } = floating;
    return { hold: holdAt(document, placement, input), placement };
  }

  protected override follow(drag: Drag<Held>): void {
    const { document, held, from, to } = drag;
    if (isClick(from, to)) return;
    const { hold } = held;
    if (hold.kind === 'handle') changeFloating(document, { placement: resizedTo(drag, hold.edges) });
    else if (hold.kind === 'rotate') changeFloating(document, { placement: turnedTo(drag) });
    else moveFloating(document, this.cornerFor(drag));
  }

  protected drop(): void {
    // It lies where it was dragged to.
  }

  protected override takeBack({ document, held: { placement } }: Drag<Held>): void {
    changeFloating(document, { placement });
  }

  private cornerFor({ document, held, from, to }: Drag<Held>): Point {
    const rect = placementRect(held.placement);
    const x = rect.x + to.x - from.x;
    const y = rect.y + to.y - from.y;
    if (to.alt) return { x, y };
    const { preferences } = this.editor;
    return snapFloating(
      { ...rect, x, y },
      {
        canvas: document.current.canvas,
        frame: preferences.tokenGrid ? (document.tokenWork.frameTokens?.tokens.frame ?? null) : null,
        reach: REACH / document.view.zoom,
      },
    );
  }
}

function holdAt({ view }: OpenDocument, placement: Placement, input: PointerInput): Hold {
  const { x, y } = intoFrame(placement, input);
  const [across, down] = [(placement.width / 2) * view.zoom, (placement.height / 2) * view.zoom]; // CSS px
  const inside = Math.abs(x) * view.zoom <= across && Math.abs(y) * view.zoom <= down;
  // Of a small piece the middle moves it, however near the handles are.
  const isMiddle = Math.abs(x) * view.zoom <= MIDDLE * across && Math.abs(y) * view.zoom <= MIDDLE * down;
  const edges = isMiddle ? undefined : handleUnder(view, placement, input);
  if (edges) return { kind: 'handle', edges };
  return { kind: inside ? 'move' : 'rotate' };
}

/** Turned as far as the pointer went around its middle; right angles attract it. */
function turnedTo({ held: { placement }, from, to }: Drag<Held>): Placement {
  const degrees = ({ x, y }: Point): number =>
    (Math.atan2(y - placement.centre.y, x - placement.centre.x) * 180) / Math.PI;
  const turned = placement.angle + degrees(to) - degrees(from);
  const right = 90 * Math.round(turned / 90);
  const angle = to.shift
    ? STEP * Math.round(turned / STEP)
    : Math.abs(turned - right) < ATTRACTION
      ? right
      : Math.round(10 * turned) / 10;
  return { ...placement, angle: settledAngle(angle) };
}

function resizedTo({ held: { placement }, from, to }: Drag<Held>, edges: Edges): Placement {
  const [start, now] = [intoFrame(placement, from), intoFrame(placement, to)];
  const isCorner = edges.x !== 0 && edges.y !== 0;
  const ratio = isCorner && !to.shift ? placement.width / placement.height : null;
  const by = { x: now.x - start.x, y: now.y - start.y };
  const frame = resizedFrame(placement, edges, by, ratio, ANYWHERE);
  const whole = frame.angle === 0 ? wholeFrame(uprightRect(frame)) : frame;
  return { ...whole, mirrored: placement.mirrored };
}

/** What a dragged piece snaps to. */
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
