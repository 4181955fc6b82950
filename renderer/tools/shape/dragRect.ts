import type { Rect } from '../../../core/base/geometry.ts';
import type { Point } from '../../state/view.svelte.ts';

export interface DragOptions {
  readonly square: boolean; // both sides as long as the longer one
  readonly centred: boolean; // around the first point, which is a corner otherwise
}

/** The whole pixels from the one under `from` to the one under `to`, document px. */
export function dragRect(from: Point, to: Point, { square, centred }: DragOptions): Rect {
  const x = span(from.x, to.x);
  const y = span(from.y, to.y);
  const most = Math.max(x.length, y.length);
  const across = square ? most : x.length;
  const down = square ? most : y.length;
  return {
    x: start(x, across, centred),
    y: start(y, down, centred),
    width: centred ? 2 * across - 1 : across,
    height: centred ? 2 * down - 1 : down,
  };
}

interface Span {
  readonly from: number; // the pixel that the drag began in
  readonly length: number; // px, at least 1
  readonly back: boolean; // towards smaller coordinates
}

function span(from: number, to: number): Span {
  const [first, last] = [Math.floor(from), Math.floor(to)];
  return { from: first, length: Math.abs(last - first) + 1, back: last < first };
}

function start({ from, back }: Span, length: number, centred: boolean): number {
  return centred || back ? from - length + 1 : from;
}
