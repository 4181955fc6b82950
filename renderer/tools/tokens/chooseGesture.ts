import { cellAt } from '../../../core/frames/cells.ts';
import { rectangleCells } from '../../../core/tokens/cells.ts';
import type { PointerInput } from '../tool.ts';
import type { CellGesture, Place } from './cellGesture.ts';
import { nearestCell, sizeOf } from './places.ts';

/** Drags a rectangle of cells out, which become the chosen ones, with Shift besides those that are. */
export function chooseGesture(
  { document, frame }: Place,
  first: PointerInput,
  end: (cells: readonly number[]) => unknown,
): CellGesture | null {
  const from = cellAt(frame, first.x, first.y);
  if (from === null) return null;
  const { tokenWork } = document;
  const before = tokenWork.chosen;
  const go = (input: PointerInput): void => {
    const cells = rectangleCells(sizeOf(frame), from, nearestCell(frame, input));
    const all = first.shift ? new Set([...before, ...cells]) : cells;
    tokenWork.chosen = [...all].sort((a, b) => a - b);
  };
  go(first);
  return {
    move: go,
    end: () => end(tokenWork.chosen),
    cancel() {
      tokenWork.chosen = before;
    },
    sketches: () => [],
  };
}
