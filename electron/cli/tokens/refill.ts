import { randomInt } from 'node:crypto';
import { TesseraError } from '../../../core/base/errors.ts';
import { MASK, missingCells } from '../../../core/tokens/grid.ts';
import type { Provenance } from '../../../core/tokens/provenance.ts';
import { fillTokens } from '../../../core/fill/fillTokens.ts';
import { writeTokenFile } from '../../io/tokenFiles.ts';
import type { TokensOptions } from './command.ts';
import type { Context } from '../shared/context.ts';
import { gridOf, type OpenedTokens, tokenFileOf } from '../shared/tokenFile.ts';
import { MAX_SEED } from '../../../core/base/limits.ts';
import { seedText } from '../../../core/base/seeds.ts';
import { promptFrom } from '../shared/prompt.ts';
import { samplingFrom } from '../shared/sampling.ts';
import { type ReportFields, roundTimings } from '../shared/report.ts';
import { count, durationText } from '../shared/text.ts';
import { packageReport, predicting } from '../shared/withPackage.ts';
import { withTokens } from './withTokens.ts';

/** Lets the model draw the missing tokens and writes each candidate; every token that is there stays. */
export async function refill(
  context: Context,
  options: TokensOptions,
  tokens: OpenedTokens,
  paths: readonly string[],
): Promise<ReportFields> {
  const grid = gridOf(tokens);
  const hole = missingCells(grid).length;
  if (hole === 0) {
    throw new TesseraError(
      'input',
      `No token in "${options.file}" is missing.`,
      'Erase some with --erase CELLS.',
    );
  }
  const { seed, first } = options.seed ?? { seed: randomInt(MAX_SEED + 1), first: 0 };

  return withTokens(context, options, tokens, async ({ model: opened, loading }) => {
    const model = await predicting(context, opened);
    const sampling = samplingFrom(options, model.manifest.sampling);
    const prompt = await promptFrom(context, options, model);
    const started = performance.now();
    const { start } = tokens;
    const job = {
      grid,
      sampling,
      seed,
      first,
      candidates: options.candidates,
      ...(prompt && { prompt }),
      ...(start && { start }),
    };
    const results = await fillTokens(model, job, controlOf(context, options.file));
    const steps = performance.now() - started;
    for (const [i, path] of paths.entries()) {
      const result = results[i]!;
      const provenance = mergeProvenance(tokens, result.provenance);
      await writeTokenFile(path, tokenFileOf(model, result.grid, { ...tokens, provenance }));
    }
    const { reporter } = context;
    reporter.say(
      `${paths.join('\n')}\n  ${count(hole, 'token')} drawn, seed ${seedText({ seed, first })}, ${durationText(steps)}`,
    );
    return {
      input: options.file,
      outputs: paths,
      tokensChanged: hole,
      seed,
      ...(first > 0 && { first }),
      preset: options.preset,
      sampling,
      ...(prompt && { prompt }),
      package: packageReport(model),
      timings: roundTimings({ load: loading, steps }),
    };
  });
}

/** The fill knows how it drew the hole; of the tokens around it the file may know more. */
function mergeProvenance(
  { ids, provenance }: OpenedTokens,
  filled: readonly Provenance[],
): readonly Provenance[] {
  return filled.map((how, cell) => (ids[cell] === MASK ? how : (provenance?.[cell] ?? how)));
}

function controlOf({ reporter, signal }: Context, label: string): Parameters<typeof fillTokens>[2] {
  return {
    signal,
    onStep: (done, total) => {
      reporter.bar.show({ label, done, total });
    },
  };
}
