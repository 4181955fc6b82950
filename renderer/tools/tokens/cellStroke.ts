import type { CellGesture, ToolTokens } from './cellGesture.ts';
import type { CellSign, Overlay } from '../tool.ts';
import type { Frame } from '../../../core/frames/frame.ts';
import type { Point } from '../../state/view.svelte.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import { lineCells } from '../../../core/tokens/cells.ts';
import { nearestCell, sizeOf } from './gridPoints.ts';

/** What a brush does with the cells that it passes over. */
export interface BrushWork {
  readonly sign: CellSign | null; // how the cells show meanwhile; null where they do by themselves
  /** Takes the cells that are new, ascending, while the brush moves; most brushes work at the end. */
  readonly add?: (cells: Int32Array) => void;
  /** The button went up: takes all cells, ascending; there is at least one. Gives a promise where there is something to wait for. */
  readonly finish: (cells: number[]) => unknown;
  /** Takes back what was done while the brush moved. */
  readonly cancel?: () => void;
}

/** A press of the button with a brush: the cells that it passes over, without gaps; what lies outside the frame is left out. */
export class CellStroke implements CellGesture {
  private readonly frame: Frame;
  private readonly width: number; // tokens
  private readonly work: BrushWork;
  private readonly cells = new Set<number>();
  private at: Point | null; // where the brush is, document px
  private readonly ended: (at: Point) => void;

  /**
   * Puts the brush down.
   *
   * @param from where a straight line to there begins, if one is wanted
   * @param ended is told where the brush is when the button goes up
   */
  constructor(
    { frame, editor }: ToolTokens,
    work: BrushWork,
    first: Point,
    from: Point | null,
    ended: (at: Point) => void,
  ) {
    this.frame = frame;
    this.width = editor.tokenTools.width;
    this.work = work;
    this.at = from;
    this.ended = ended;
    this.move(first);
  }

  /** Goes on in a straight line. */
  move(point: Point): void {
    const { frame, width, cells } = this;
    const seen = clipLine(frame.rect, this.at ?? point, point);
    this.at = { x: point.x, y: point.y };
    if (!seen) return;
    const [from, to] = seen.map((end) => nearestCell(frame, end));
    const fresh = lineCells(sizeOf(frame), from!, to!, width).filter((cell) => !cells.has(cell));
    for (const cell of fresh) cells.add(cell);
    if (fresh.length > 0) this.work.add?.(fresh);
  }

  end(): unknown {
    const { at, cells } = this;
    if (at) this.ended(at);
    if (cells.size > 0) return this.work.finish([...cells].sort((a, b) => a - b));
    this.cancel();
    return null;
  }

  cancel(): void {
    this.work.cancel?.();
  }

  overlays(): readonly Overlay[] {
    const { frame, cells } = this;
    const { sign } = this.work;
    return sign === null ? [] : [{ kind: 'cells', frame, cells, sign }];
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
