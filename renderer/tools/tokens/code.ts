import { usedCodes } from '../../../core/palette/alike.ts';
import type { Place } from './cellGesture.ts';

/**
 * The code that a tool paints with. Where none is in the hand yet, the most used one is taken that is not under the
 * pointer already, so that something is seen at once.
 */
export function codeInHand({ editor, grid, package: made }: Place, cell: number): number {
  const { tokenTools, packages } = editor;
  const codes = packages.byId(made.id)?.codes ?? Infinity;
  if (tokenTools.code !== null && tokenTools.code < codes) return tokenTools.code; // else it is another package's
  const under = grid.ids[cell]!;
  const code = usedCodes(grid).find(({ id }) => id !== under)?.id ?? (under === 0 ? 1 : 0);
  tokenTools.take(code, made.id);
  return code;
}
