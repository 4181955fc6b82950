import { randomInt } from 'node:crypto';
import { createClock } from '../../../core/fill/clock.ts';
import { eachInput } from '../shared/batch.ts';
import type { Context } from '../shared/context.ts';
import type { Destination } from '../shared/plan.ts';
import type { FrameOptions } from '../shared/picture.ts';
import { MAX_SEED } from '../../../core/base/limits.ts';
import { promptFrom, type PromptFlags } from '../shared/prompt.ts';
import { samplingFrom, type SamplingFlags } from '../shared/sampling.ts';
import type { KeptMetadata, ModelOptions } from '../shared/options.ts';
import { type ReportFields, roundTimings } from '../shared/report.ts';
import { packageReport, predicting, withPackage } from '../shared/withPackage.ts';
import { reportOf, reportText, FILE_PHASES, type FileClock, type FillReport } from './report.ts';
import { type Filled, type FillTask, triesOf } from './task.ts';
import { writeResults } from './writeResults.ts';

/** What `fill` and `outpaint` share. */
export interface FillsOptions extends ModelOptions, SamplingFlags, FrameOptions, PromptFlags {
  readonly pictures: readonly string[];
  readonly quality?: number;
  readonly metadata: KeptMetadata;
}

/** Reads one picture and fills it; `files` takes the time of the reading. */
export type FillOne = (task: FillTask, files: FileClock) => Promise<Filled>;

/** Fills picture after picture with one loaded package, writes the results and reports on them. */
export async function runFills(
  context: Context,
  operation: 'fill' | 'outpaint',
  options: FillsOptions,
  destinations: readonly Destination[],
  fillOne: FillOne,
): Promise<ReportFields> {
  const started = performance.now();
  triesOf(options); // said before a package is loaded
  const seed = options.seed ?? randomInt(MAX_SEED + 1);
  const { pictures } = options;

  return withPackage(context, options, async ({ model: opened, loading }) => {
    const model = await predicting(context, opened);
    const sampling = samplingFrom(options, model.manifest.sampling);
    const prompt = await promptFrom(context, options, model);
    const one = async (input: string, index: number): Promise<FillReport> => {
      const destination = destinations[index]!;
      const task = { model, flags: options, prompt, seed, input, index, count: pictures.length, destination };
      const files = createClock(FILE_PHASES);
      const filled = await fillOne(task, files);
      const outputs = await files.time('write', () => writeResults(context, task, filled));
      const report = reportOf(filled, outputs, seed, files);
      context.reporter.say(reportText(report, sampling));
      return report;
    };
    const results = await eachInput(pictures, context, operation === 'fill' ? 'filled' : 'extended', one);
    return {
      package: packageReport(model),
      preset: options.preset,
      sampling,
      ...(prompt && { prompt }),
      results,
      timings: roundTimings({ load: loading, total: performance.now() - started }),
    };
  });
}
