import { likelihoods, PASSES } from '../../../core/sampling/likelihoods.ts';
import { MASK, missingCells, type TokenGrid } from '../../../core/tokens/grid.ts';
import { writeLikelihoods } from '../../io/likelihoodFiles.ts';
import type { TokensOptions } from './command.ts';
import type { Context } from '../shared/context.ts';
import type { OpenedTokens } from '../shared/tokenFile.ts';
import { type ReportFields, roundTimings } from '../shared/report.ts';
import { packageReport, predicting } from '../shared/withPackage.ts';
import { withTokens } from './withTokens.ts';
import { ledBy } from '../../../core/sampling/guidance.ts';
import { promptFrom } from '../shared/prompt.ts';
import { likelyCodes } from '../../../core/sampling/suggest.ts';
import type { Cells } from './cells.ts';
import { table } from '../shared/text.ts';
import { cellsIn } from './edits.ts';

/** Measures what the model thinks of every token given all others: into a file where one is named, else as a table. */
export function measure(
  context: Context,
  options: TokensOptions,
  tokens: OpenedTokens,
  out: string | undefined,
): Promise<ReportFields> {
  const { reporter, signal } = context;
  return withTokens(context, options, tokens, async ({ model: opened, grid, loading }) => {
    const model = await predicting(context, opened);
    const started = performance.now();
    const prompt = await promptFrom(context, options, model);
    const denoiser = await ledBy(model, prompt ?? undefined, signal);
    const measured = await likelihoods(grid, denoiser, {
      signal,
      onPass(done) {
        reporter.bar.show({ label: options.file, done, total: PASSES });
      },
    });
    const passes = performance.now() - started;
    const file = { package: { id: model.id, sha256: model.sha256 }, grid, ...measured };
    const bitsPerToken = bitsOf(grid, measured.probabilities);
    if (out === undefined) reporter.say(tableOf(grid, measured.probabilities, measured.entropies));
    else {
      await writeLikelihoods(out, file);
      reporter.say(out);
    }
    reporter.say(`${bitsPerToken.toFixed(3)} bits per token`);
    return {
      input: options.file,
      outputs: out === undefined ? [] : [out],
      bitsPerToken,
      ...(out === undefined && {
        probabilities: Array.from(measured.probabilities, (p) => (Number.isNaN(p) ? null : p)),
        entropies: Array.from(measured.entropies),
      }),
      package: packageReport(model),
      timings: roundTimings({ load: loading, passes }),
    };
  });
}

/** The mean of -log2 p over the tokens that are there; NaN where none is. */
function bitsOf({ ids }: TokenGrid, probabilities: Float32Array): number {
  let [bits, count] = [0, 0];
  ids.forEach((id, cell) => {
    if (id === MASK) return;
    bits -= Math.log2(probabilities[cell]!);
    count++;
  });
  return bits / count;
}

const COLUMNS = ['row', 'column', 'code', 'probability', 'entropy'] as const;

function tableOf({ width, ids }: TokenGrid, probabilities: Float32Array, entropies: Float32Array): string {
  const rows = Array.from(ids, (id, cell) => [
    String(Math.floor(cell / width)),
    String(cell % width),
    id === MASK ? 'missing' : String(id),
    id === MASK ? '' : probabilities[cell]!.toFixed(6),
    entropies[cell]!.toFixed(4),
  ]);
  const lines = [COLUMNS, ...rows];
  const widths = COLUMNS.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  return lines.map((line) => line.map((text, i) => text.padStart(widths[i]!)).join('  ')).join('\n');
}

/** Prints the codes that the model finds likeliest for some cells; it is not told what is missing in the file. */
export function suggest(
  context: Context,
  options: TokensOptions,
  block: Cells,
  tokens: OpenedTokens,
): Promise<ReportFields> {
  return withTokens(context, options, tokens, async ({ model: opened, grid }) => {
    const model = await predicting(context, opened);
    const prompt = await promptFrom(context, options, model);
    const denoiser = await ledBy(model, prompt ?? undefined, context.signal);
    const cells = cellsIn(grid, block);
    const question = { grid, hole: Array.from(missingCells(grid)), cells, count: options.count };
    const { codes, entropy } = await likelyCodes(question, denoiser, context.signal);
    const rows = codes.map(({ id, probability }) => [String(id), probability.toFixed(6)] as const);
    context.reporter.say(`${table([['code', 'probability'], ...rows])}\nentropy ${entropy.toFixed(4)} bits`);
    return { input: options.file, cells, suggestions: codes, entropy, package: packageReport(model) };
  });
}
