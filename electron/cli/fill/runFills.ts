import { randomInt } from 'node:crypto';
import { createClock } from '../../../core/fill/clock.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { createPool } from '../engines/pool.ts';
import type { EngineSpec, SharedTask } from '../engines/messages.ts';
import { enginesOf, startEngine } from '../engines/processes.ts';
import { type Served, serveParent } from '../engines/serve.ts';
import { eachInput } from '../shared/batch.ts';
import type { Context } from '../shared/context.ts';
import type { Destination } from '../shared/plan.ts';
import type { FrameOptions } from '../shared/picture.ts';
import { MAX_SEED } from '../../../core/base/limits.ts';
import { promptFrom, type PromptFlags } from '../shared/prompt.ts';
import { samplingFrom, type SamplingFlags } from '../shared/sampling.ts';
import type { KeptMetadata, ModelOptions } from '../shared/options.ts';
import { type ReportFields, roundTimings } from '../shared/report.ts';
import { serverTokens } from '../shared/serverTokens.ts';
import { type OpenedPackage, packageReport, predicting, withPackage } from '../shared/withPackage.ts';
import { reportOf, reportText, FILE_PHASES, type FileClock } from './report.ts';
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

/** What is to be filled, and how. */
export interface Fills {
  readonly operation: 'fill' | 'outpaint';
  readonly options: FillsOptions;
  readonly fillOne: FillOne;
}

/** Fills pictures, writes the results and reports on them: one after the other, or shared out to several engines. */
export async function runFills(
  context: Context,
  fills: Fills,
  destinations: readonly Destination[],
): Promise<ReportFields> {
  const started = performance.now();
  const { operation, options } = fills;
  triesOf(options); // said before a package is loaded
  await serverTokens(options); // likewise
  const { pictures } = options;
  const { seed, first } = options.seed ?? { seed: randomInt(MAX_SEED + 1), first: 0 };
  const taskOf = (input: string, index: number): SharedTask => ({
    input,
    index,
    count: pictures.length,
    destination: destinations[index]!,
    seed: { seed, first },
  });
  const verb = operation === 'fill' ? 'filled' : 'extended';
  const engines = enginesOf(options);
  if (engines.length > 1 && pictures.length > 1) {
    return shareOut(context, engines.slice(0, pictures.length), pictures, taskOf, verb);
  }

  return withFills(context, fills, async ({ about, fill }, { loading }) => {
    const results = await eachInput(pictures, context, verb, (input, index) => fill(taskOf(input, index)), {
      tell: (report) => {
        context.reporter.say(reportText(report, about));
      },
    });
    const timings = roundTimings({ load: loading, total: performance.now() - started });
    return { ...about.fields, results, timings };
  });
}

/** The same on several engines at once. */
async function shareOut(
  context: Context,
  engines: readonly EngineSpec[],
  pictures: readonly string[],
  taskOf: (input: string, index: number) => SharedTask,
  verb: string,
): Promise<ReportFields> {
  const { reporter, signal } = context;
  const started = performance.now();
  const shares = new Map<number, number>();
  const pool = createPool(
    engines.map((spec) => startEngine(context, spec)),
    {
      note(text) {
        reporter.note(text);
      },
      step(index, share) {
        shares.set(index, share);
        const done = 100 * ([...shares.values()].reduce((sum, each) => sum + each, 0) / pictures.length);
        reporter.bar.show({ label: `${pictures.length} pictures`, done, total: 100, unit: '%' });
      },
    },
  );
  const end = (): void => {
    pool.end();
  };
  signal.addEventListener('abort', end);
  const stop = stopped(signal);
  stop.catch(() => undefined); // told by what waits for it
  try {
    const about = await Promise.race([pool.about(), stop]);
    const loading = performance.now() - started;
    const results = await eachInput(
      pictures,
      context,
      verb,
      (input, index) => Promise.race([pool.fill(taskOf(input, index)), stop]),
      {
        atOnce: engines.length,
        tell: (report) => {
          reporter.say(reportText(report, about));
        },
      },
    );
    const timings = roundTimings({ load: loading, total: performance.now() - started });
    return { ...about.fields, engines: engines.length, results, timings };
  } finally {
    signal.removeEventListener('abort', end);
    pool.end();
  }
}

/** Fills what another process asks for, as one of several engines. */
export function serveFills(context: Context, fills: Fills): Promise<ReportFields> {
  return withFills(context, fills, (served) => serveParent(context, served));
}

/** Loads the package and lends what fills with it. */
function withFills<T>(
  context: Context,
  { options, fillOne }: Fills,
  work: (served: Served, opened: OpenedPackage) => Promise<T>,
): Promise<T> {
  return withPackage(context, options, async (opened) => {
    const model = await predicting(context, opened.model);
    const sampling = samplingFrom(options, model.manifest.sampling);
    const prompt = await promptFrom(context, options, model);
    const fields = {
      package: packageReport(model),
      preset: options.preset,
      sampling,
      ...(prompt && { prompt }),
    };
    const fill: Served['fill'] = async (shared, onShare) => {
      const task = { ...shared, model, flags: options, prompt, ...(onShare && { onShare }) };
      const files = createClock(FILE_PHASES);
      const filled = await fillOne(task, files);
      const outputs = await files.time('write', () => writeResults(context, task, filled));
      return reportOf(filled, outputs, shared.seed, files);
    };
    return work({ about: { sha256: model.sha256, fields, steps: sampling.steps }, fill }, opened);
  });
}

function stopped(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => {
      reject(new TesseraError('aborted', 'Stopped.'));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
