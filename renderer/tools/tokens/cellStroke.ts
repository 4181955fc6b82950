import type { Frame } from '../../../core/frames/frame.ts';
import { lineCells } from '../../../core/tokens/cells.ts';
import type { Point } from '../../state/view.svelte.ts';
import { clipLine } from './clipLine.ts';
import { nearestCell, sizeOf } from './places.ts';

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
