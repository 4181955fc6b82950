import type { CellGesture } from './cellGesture.ts';

/** A gesture of which only where it began counts; it is done when the button goes up, so that Escape can still stop it. */
export function clickGesture(end: CellGesture['end']): CellGesture {
  return { move: () => undefined, end, cancel: () => undefined, sketches: () => [] };
}
