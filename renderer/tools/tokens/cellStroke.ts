import type { Frame } from '../../../core/frames/frame.ts';
import type { Point } from '../../state/view.svelte.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import { lineCells } from '../../../core/tokens/cells.ts';
import { nearestCell, sizeOf } from './gridPoints.ts';

/** The cells that a brush has passed over, without gaps; what lies outside the frame is left out. */
export class CellStroke {
  readonly cells = new Set<number>();
  /** Where the brush is, document px. */
  at: Point | null = null;
  private readonly frame: Frame;
  private readonly width: number; // tokens

  constructor(frame: Frame, width: number) {
    this.frame = frame;
    this.width = width;
  }

  /** Goes on in a straight line; gives the cells that are new, ascending. */
  to(point: Point): Int32Array {
    const { frame, width, cells } = this;
    const seen = clipLine(frame.rect, this.at ?? point, point);
    this.at = { x: point.x, y: point.y };
    if (!seen) return new Int32Array();
    const [from, to] = seen.map((end) => nearestCell(frame, end));
    const fresh = lineCells(sizeOf(frame), from!, to!, width).filter((cell) => !cells.has(cell));
    for (const cell of fresh) cells.add(cell);
    return fresh;
  }
}

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
