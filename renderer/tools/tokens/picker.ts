import type { CellGesture, ToolTokens, TokenKind } from './cellGesture.ts';
import type { PointerInput } from '../tool.ts';
import { cellAt } from '../../../core/frames/cells.ts';
import { usedCodes } from '../../../core/palette/alike.ts';

/** Makes the code under the pointer the current one. */
export function picker(): TokenKind {
  return { id: 'token-picker', alt: 'picks', covers: 'cell', begin: pick };
}

/** Picks from where the button goes down to where it goes up; Escape brings back the code that was there. */
export function pick({ editor, frame, grid, package: made }: ToolTokens, first: PointerInput): CellGesture {
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
    overlays: () => [],
  };
}

/**
 * The code that a tool paints with. Where there is none yet, the most used one is taken that is not under the
 * pointer already, so that something is seen at once.
 */
export function currentCode({ editor, grid, package: made }: ToolTokens, cell: number): number {
  const { tokenTools, packages } = editor;
  const codes = packages.byRef(editor.refOf(made))?.codes ?? Infinity;
  if (tokenTools.code !== null && tokenTools.code < codes) return tokenTools.code; // else it is another package's
  const under = grid.ids[cell]!;
  const code = usedCodes(grid).find(({ id }) => id !== under)?.id ?? (under === 0 ? 1 : 0);
  tokenTools.take(code, made.id);
  return code;
}
