import type { LoadedParts } from '../../../native-models/runtime/loadPackage.ts';
import { checkIds, type TokenGrid } from '../../../core/tokens/grid.ts';
import type { TokensOptions } from './command.ts';
import type { Context } from '../shared/context.ts';
import { checkPackage, gridOf, type OpenedTokens } from '../shared/tokenFile.ts';
import { withPackage } from '../shared/withPackage.ts';

/** What tokens are worked on with. */
export interface TokenModel {
  readonly model: LoadedParts;
  readonly grid: TokenGrid;
  readonly loading: number; // ms
}

/**
 * Lends `work` the package that tokens were made with, or the one that the options name.
 *
 * @throws TesseraError 'input' where the tokens are another package's
 */
export function withTokens<T>(
  context: Context,
  options: TokensOptions,
  tokens: OpenedTokens,
  work: (opened: TokenModel) => Promise<T>,
): Promise<T> {
  const named = options.package ?? tokens.package?.id;
  const model = { ...options, ...(named !== undefined && { package: named }) };
  return withPackage(context, model, (opened) => {
    const grid = gridOf(tokens);
    checkPackage(tokens, opened.model, options.file);
    checkIds(grid, opened.model.tokenizer.codes);
    return work({ ...opened, grid });
  });
}
