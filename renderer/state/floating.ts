import { pieceRect } from '../../core/document/piece.ts';
import type { Rect } from '../../core/base/geometry.ts';
import { containsRect, uniteRects } from '../../core/base/geometry.ts';
import type { OpenDocument } from './openDocument.svelte.ts';

/** Whether some of it lies outside the canvas. */
export function reachesOut({ floating, current }: OpenDocument): boolean {
  return floating !== null && !containsRect(current.canvas, pieceRect(floating));
}

/** The canvas as placing makes it. */
export function canvasWithFloating({ floating, current: { canvas } }: OpenDocument): Rect {
  if (!floating?.extend) return canvas;
  const rect = pieceRect(floating);
  return containsRect(canvas, rect) ? canvas : uniteRects(canvas, rect);
}
