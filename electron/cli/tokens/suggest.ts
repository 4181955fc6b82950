import { likelyCodes } from '../../../core/sampling/suggest.ts';
import { missingCells } from '../../../core/tokens/grid.ts';
import type { TokensOptions } from './command.ts';
import type { Context } from '../shared/context.ts';
import type { OpenedTokens } from '../shared/tokenFile.ts';
import type { Cells } from './cells.ts';
import type { ReportFields } from '../shared/report.ts';
import { table } from '../shared/text.ts';
import { packageFacts, predicting } from '../shared/withPackage.ts';
import { cellsIn } from './edits.ts';
import { withTokens } from './withTokens.ts';

/** Prints the codes that the model finds likeliest for some cells; it is not told what is missing in the file. */
export function suggest(
  context: Context,
  options: TokensOptions,
  block: Cells,
  tokens: OpenedTokens,
): Promise<ReportFields> {
  return withTokens(context, options, tokens, async ({ model: opened, grid }) => {
    const model = await predicting(context, opened);
    const cells = cellsIn(grid, block);
    const question = { grid, hole: Array.from(missingCells(grid)), cells, count: options.count };
    const { codes, entropy } = await likelyCodes(question, model.denoiser, context.signal);
    const rows = codes.map(({ id, probability }) => [String(id), probability.toFixed(6)] as const);
    context.reporter.say(`${table([['code', 'probability'], ...rows])}\nentropy ${entropy.toFixed(4)} bits`);
    return { input: options.file, cells, suggestions: codes, entropy, package: packageFacts(model) };
  });
}
