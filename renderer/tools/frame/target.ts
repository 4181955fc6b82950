import type { Frame } from '../../../core/frames/frame.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Point } from '../../state/view.svelte.ts';
import { handleAt, HANDLES, type Edges } from './edges.ts';
import { gripsOf } from './grips.ts';

/** What the pointer would take hold of. */
export type Target =
  | { readonly kind: 'handle'; readonly frame: Frame; readonly edges: Edges }
  | { readonly kind: 'grip'; readonly edges: Edges } // of the canvas
  | { readonly kind: 'inside'; readonly frame: Frame }
  | { readonly kind: 'nothing' };

const REACH = 10; // CSS px around a handle

/** The frames that are shown: the one chosen by hand, or those that are planned. */
export function shownFrames({ current, fill }: OpenDocument): readonly Frame[] {
  return current.frame ? [current.frame] : fill.plans.map(({ frame }) => frame);
}

/** What lies under a point of the screen (CSS px). */
export function targetAt(document: OpenDocument, screen: Point): Target {
  const { view, current } = document;
  const frames = shownFrames(document);
  for (const frame of frames) {
    const edges = HANDLES.find((handle) => near(view.toScreen(handleAt(frame.rect, handle)), screen));
    if (edges) return { kind: 'handle', frame, edges };
  }
  const grip = gripsOf(current.canvas, view).find(({ at }) => near(at, screen));
  if (grip) return { kind: 'grip', edges: grip.edges };
  const { x, y } = view.toDocument(screen);
  const frame = frames.find(
    ({ rect }) => x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height,
  );
  return frame ? { kind: 'inside', frame } : { kind: 'nothing' };
}

function near(a: Point, b: Point): boolean {
  return Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) <= REACH;
}
