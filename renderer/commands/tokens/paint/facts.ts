import { putTokens, type TokenEdit } from '../../../../core/tokens/edit.ts';
import type { TokenGrid } from '../../../../core/tokens/grid.ts';

/** What an edit did, for the history. */
export function factsOf(grid: TokenGrid, edit: TokenEdit): Record<string, string> {
  const codes = new Set(edit.ids);
  return {
    Tokens: `${putTokens(grid, edit).cells.length}`,
    ...(codes.size === 1 ? { Code: `${[...codes][0]!}` } : { Codes: `${codes.size}` }),
  };
}
