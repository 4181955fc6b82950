import type { Frame } from '../../../core/frames/frame.ts';
import { type CropFrame, outOfFrame } from '../../../core/document/remake/cropFrame.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Point, View } from '../../state/view.svelte.ts';
import { containsPoint, type Rect, intersectRects, isEmptyRect } from '../../../core/base/geometry.ts';

/** Which edges of a rectangle a handle moves: -1 the left or upper one, 1 the right or lower one, 0 neither. */
export interface Edges {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}

/** The eight handles of a rectangle, corners first, for they are the harder ones to hit. */
export const HANDLES: readonly Edges[] = [
  { x: -1, y: -1 },
  { x: 1, y: -1 },
  { x: -1, y: 1 },
  { x: 1, y: 1 },
  { x: 0, y: -1 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
  { x: 1, y: 0 },
];

const REACH = 10; // CSS px around a handle

/** The handle of a frame that stands askew, or upright, under the pointer. */
export function handleUnder(view: Pick<View, 'toScreen'>, frame: CropFrame, { screen }: { screen: Point }) {
  return HANDLES.find((edges) => {
    const at = view.toScreen(handleOf(frame, edges));
    return Math.hypot(at.x - screen.x, at.y - screen.y) <= REACH;
  });
}

/** Where a handle of a frame that may stand askew lies, document px. */
export function handleOf(frame: CropFrame, { x, y }: Edges): Point {
  return outOfFrame(frame, { x: (x * frame.width) / 2, y: (y * frame.height) / 2 });
}

/** Where a handle lies: on the corner, or in the middle of the edge. */
export function handleAt({ x, y, width, height }: Rect, edges: Edges): Point {
  return { x: x + (width * (edges.x + 1)) / 2, y: y + (height * (edges.y + 1)) / 2 };
}

/** The CSS cursor over a handle. */
export function cursorFor({ x, y }: Edges): string {
  if (x === 0) return 'ns-resize';
  if (y === 0) return 'ew-resize';
  return x === y ? 'nwse-resize' : 'nesw-resize';
}

/** A handle on an edge or a corner of the picture, for extending it. */
export interface Grip {
  readonly edges: Edges;
  readonly at: Point; // CSS px, a little outside the picture
}

const GRIP_DISTANCE = 14; // CSS px from the edge
const EDGE = 6; // CSS px inside an edge that still are the edge

/** The grips of the canvas. Those of edges lie in the middle of what is seen of them. */
export function gripsOf(canvas: Rect, view: Pick<View, 'toScreen' | 'visible'>): Grip[] {
  const seen = intersectRects(canvas, view.visible());
  if (isEmptyRect(seen)) return [];
  return HANDLES.map((edges) => {
    const corner = handleAt(canvas, edges);
    const middle = handleAt(seen, { x: 0, y: 0 });
    const screen = view.toScreen({
      x: edges.x === 0 ? middle.x : corner.x,
      y: edges.y === 0 ? middle.y : corner.y,
    });
    return {
      edges,
      at: { x: screen.x + edges.x * GRIP_DISTANCE, y: screen.y + edges.y * GRIP_DISTANCE },
    };
  });
}

/** The edges of the canvas that a point of the screen (CSS px) lies on or closely outside of: all along them, and beside the grips. */
function edgesUnder(canvas: Rect, view: Pick<View, 'toScreen' | 'zoom'>, screen: Point): Edges | null {
  const { x, y } = view.toScreen(canvas);
  const across = sideUnder(screen.x - x, canvas.width * view.zoom);
  const down = sideUnder(screen.y - y, canvas.height * view.zoom);
  if (across === null || down === null) return null;
  return across === 0 && down === 0 ? null : { x: across, y: down };
}

/** Which end of a length lies at a place; null for what is farther outside. */
function sideUnder(at: number, length: number): Edges['x'] | null {
  const inside = Math.min(EDGE, length / 4);
  const outside = GRIP_DISTANCE + REACH;
  if (at < -outside || at > length + outside) return null;
  return at < inside ? -1 : at > length - inside ? 1 : 0;
}

/** What the pointer would take hold of. */
export type FrameTarget =
  | { readonly kind: 'handle'; readonly frame: Frame; readonly edges: Edges }
  | { readonly kind: 'edge'; readonly edges: Edges } // of the canvas
  | { readonly kind: 'inside'; readonly frame: Frame }
  | { readonly kind: 'nothing' };

/** The frames that are shown: the one chosen by hand, or those that are planned. */
export function shownFrames({ current, fill }: OpenDocument): readonly Frame[] {
  return current.frame ? [current.frame] : fill.plans.map(({ frame }) => frame);
}

/** The frame with handles. Several have none: they overlap, and nobody could tell whose a handle is. */
export function frameWithHandles(frames: readonly Frame[]): Frame | null {
  const [frame, ...others] = frames;
  return frame && others.length === 0 ? frame : null;
}

/** What lies under a point of the screen (CSS px). */
export function frameTargetAt(document: OpenDocument, screen: Point): FrameTarget {
  const { view, current } = document;
  const frames = shownFrames(document);
  const single = frameWithHandles(frames);
  const handle = single && HANDLES.find((edges) => near(view.toScreen(handleAt(single.rect, edges)), screen));
  if (handle) return { kind: 'handle', frame: single, edges: handle };
  const edges = edgesUnder(current.canvas, view, screen);
  if (edges) return { kind: 'edge', edges };
  const point = view.toDocument(screen);
  const frame = frames.find(({ rect }) => containsPoint(rect, point));
  return frame ? { kind: 'inside', frame } : { kind: 'nothing' };
}

function near(a: Point, b: Point): boolean {
  return Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) <= REACH;
}
