import type { Rect } from '../../../core/base/geometry.ts';
import type { Point } from '../../state/view.svelte.ts';

/** The part of a straight line that lies in a rectangle (Liang and Barsky, 1984); null where there is none. */
export function clipLine(rect: Rect, from: Point, to: Point): [Point, Point] | null {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  let [enter, leave] = [0, 1]; // shares of the way
  const sides = [
    [-dx, from.x - rect.x],
    [dx, rect.x + rect.width - from.x],
    [-dy, from.y - rect.y],
    [dy, rect.y + rect.height - from.y],
  ] as const;
  for (const [outwards, room] of sides) {
    if (outwards === 0 && room < 0) return null;
    if (outwards < 0) enter = Math.max(enter, room / outwards);
    if (outwards > 0) leave = Math.min(leave, room / outwards);
  }
  if (enter > leave) return null;
  const at = (share: number): Point => ({ x: from.x + share * dx, y: from.y + share * dy });
  return [at(enter), at(leave)];
}
