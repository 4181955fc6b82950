import { cellAt } from '../../../core/frames/cells.ts';
import type { PointerInput } from '../tool.ts';
import type { CellGesture, Place, TokenKind } from './cellGesture.ts';

/** Takes the code under the pointer into the hand. */
export function picker(): TokenKind {
  return { id: 'token-picker', alt: 'picks', covers: 'cell', begin: pick };
}

/** Picks from where the button goes down to where it goes up; Escape brings back the code that was there. */
export function pick({ editor, frame, grid, package: made }: Place, first: PointerInput): CellGesture {
  const { tokenTools } = editor;
  const before = tokenTools.code;
  let picked: number | null = null;
  const go = ({ x, y }: PointerInput): void => {
    const cell = cellAt(frame, x, y);
    if (cell !== null) tokenTools.code = picked = grid.ids[cell]!;
  };
  go(first);
  return {
    move: go,
    end() {
      if (picked !== null) tokenTools.take(picked, made.id);
    },
    cancel() {
      tokenTools.code = before;
    },
    sketches: () => [],
  };
}
