import { matchColours } from '../../core/document/colourMatch.ts';
import { type Laying, placementRect } from '../../core/document/placement.ts';
import type { Rect } from '../../core/base/geometry.ts';
import { containsRect, growRect, uniteRects } from '../../core/base/geometry.ts';
import type { FloatingPiece, OpenDocument } from './openDocument.svelte.ts';

const AROUND = 0.15; // of a piece's size: how far around it colours are looked at

/** Whether some of it lies outside the canvas. */
export function reachesOut({ floating, current }: OpenDocument): boolean {
  return floating !== null && !containsRect(current.canvas, placementRect(floating.placement));
}

/** The canvas as placing makes it. */
export function canvasWithFloating({ floating, current: { canvas } }: OpenDocument): Rect {
  if (!floating?.extend) return canvas;
  const rect = placementRect(floating.placement);
  return containsRect(canvas, rect) ? canvas : uniteRects(canvas, rect);
}

const layings = new WeakMap<FloatingPiece, Laying>();

/** How a floating piece is laid on where it is by now. */
export function layingOf(floating: FloatingPiece, { current }: OpenDocument): Laying {
  let laying = layings.get(floating);
  if (!laying) {
    const { source, placement, opacity, match, lifted } = floating;
    const rect = placementRect(placement);
    const around = growRect(rect, Math.ceil(AROUND * rect.width), Math.ceil(AROUND * rect.height));
    const { picture } = lifted?.document ?? current;
    const colours = match > 0 ? matchColours(source, picture, around, match) : null;
    layings.set(floating, (laying = { opacity, colours }));
  }
  return laying;
}
