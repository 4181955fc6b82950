import type { Rect } from '../../../core/pixels/picture.ts';

/** The parts of an area that lie left and right of an upright line; one of them may be empty. */
export function splitArea(area: Rect, line: number): { left: Rect; right: Rect } {
  const end = area.x + area.width;
  const at = Math.min(end, Math.max(area.x, line));
  return { left: { ...area, width: at - area.x }, right: { ...area, x: at, width: end - at } };
}
