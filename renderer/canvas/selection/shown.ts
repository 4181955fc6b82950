import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import { sameTiles } from '../../../core/raster/tileMap.ts';
import { type Device } from '../device.ts';

/** Where the original ends and the picture as it is begins, device px; null where they are not side by side. */
export function splitLine({ compare }: Pick<Editor, 'compare'>, { width }: Device): number | null {
  return compare === null || compare === 'original' ? null : Math.round(compare.split * width);
}

/** The parts of an area that lie left and right of an upright line; one of them may be empty. */
export function splitArea(area: Rect, line: number): { left: Rect; right: Rect } {
  const end = area.x + area.width;
  const at = Math.min(end, Math.max(area.x, line));
  return { left: { ...area, width: at - area.x }, right: { ...area, x: at, width: end - at } };
}

/**
 * How the selection shows: with its tint; with the tokens of the fill that works on it; or not at all, where it would lie
 * over a candidate that was made for it. A selection that was changed since, or is just being changed, has its tint.
 */
export type Tint = 'colour' | 'tokens' | 'none';

export function tintOf({ fill, live, current }: OpenDocument): Tint {
  const order = fill.job ? fill.last : fill.current?.order;
  // Undo brings back the tiles, not the raster that had them.
  if (!order || live?.selection || !sameTiles(order.painted.tiles, current.selection.tiles)) return 'colour';
  return fill.job ? 'tokens' : 'none';
}
