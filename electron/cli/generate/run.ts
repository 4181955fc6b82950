import { randomInt } from 'node:crypto';
import { TesseraError } from '../../../core/base/errors.ts';
import type { Size } from '../../../core/base/geometry.ts';
import { fillDocument, pictureWith } from '../../../core/document/fillDocument.ts';
import { type Document, documentOf } from '../../../core/document/document.ts';
import { recordOf } from '../../../core/fill/record.ts';
import { DEFAULT_SETTINGS, type FillSettings } from '../../../core/fill/settings.ts';
import type { Model } from '../../../core/model/model.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import type { LoadedPackage } from '../../../native-models/runtime/loadPackage.ts';
import { writePicture } from '../../io/writePicture.ts';
import type { Context } from '../shared/context.ts';
import { planPictures } from '../shared/plan.ts';
import { type ReportFields, roundTimings } from '../shared/report.ts';
import { MAX_CANVAS_PIXELS, MAX_SEED } from '../../../core/base/limits.ts';
import type { Prompt } from '../../../core/sampling/request.ts';
import { promptFrom } from '../shared/prompt.ts';
import { changesOf, samplingFrom } from '../shared/sampling.ts';
import { durationText } from '../shared/text.ts';
import { packageReport, predicting, withPackage } from '../shared/withPackage.ts';
import type { GenerateOptions } from './command.ts';
import { contactSheet, fittedTo } from './contactSheet.ts';

export async function run(context: Context, options: GenerateOptions): Promise<ReportFields> {
  const started = performance.now();
  const { out, count, candidates } = options;
  if (count !== undefined && candidates > 1) {
    throw new TesseraError(
      'usage',
      '--candidates and --count cannot be given together.',
      '--count N makes one sheet of N pictures, --candidates N makes N files.',
    );
  }
  const [destination] = await planPictures([out], { ...options, force: true }, []);
  const { seed, first } = options.seed ?? { seed: randomInt(MAX_SEED + 1 - (count ?? 0)), first: 0 };
  if (seed + (count ?? 1) - 1 > MAX_SEED) {
    throw new TesseraError('usage', `The seeds of a sheet go up from --seed, and end at ${MAX_SEED}.`);
  }

  return withPackage(context, options, async ({ model: opened, loading }) => {
    const model = await predicting(context, opened);
    const prompt = await promptFrom(context, options, model);
    const job = { model, size: sizeOf(options, model), seed, first, prompt };
    const outputs =
      count === undefined
        ? await writeEach(context, options, job, destination!.pictures)
        : await writeSheet(context, options, job, count);
    const total = performance.now() - started;
    const { width, height } = job.size;
    const seeds = count === undefined ? `seed ${seed}` : `seeds ${seed} to ${seed + count - 1}, row by row`;
    context.reporter.say(
      `${outputs.join('\n')}\n  ${width} x ${height} px, ${seeds}, ${durationText(total)}`,
    );
    return {
      outputs,
      width,
      height,
      seed,
      ...(count !== undefined && { count }),
      package: packageReport(model),
      preset: options.preset,
      sampling: samplingFrom(options, model.manifest.sampling),
      ...(prompt && { prompt }),
      timings: roundTimings({ load: loading, total }),
    };
  });
}

interface Job {
  readonly model: LoadedPackage;
  readonly size: Size; // px
  readonly seed: number;
  readonly first: number; // the place of the first candidate among all of the seed, from 0
  readonly prompt: Prompt | null;
}

/** @throws TesseraError 'limit' for a picture that could not be opened again */
function sizeOf({ width, height }: GenerateOptions, { denoiser, tokenizer }: Model): Size {
  const seen = denoiser.window.max * tokenizer.downsample;
  const size = { width: width ?? seen, height: height ?? seen };
  if (size.width * size.height <= MAX_CANVAS_PIXELS) return size;
  throw new TesseraError(
    'limit',
    `A picture of ${size.width} x ${size.height} px is too large: at most ${MAX_CANVAS_PIXELS / 1e6} MP are possible.`,
    'Choose a smaller one.',
  );
}

async function writeEach(
  context: Context,
  options: GenerateOptions,
  job: Job,
  paths: readonly string[],
): Promise<readonly string[]> {
  const { model, size, seed, first } = job;
  const document = blank(size);
  const settings = settingsOf(options, job, paths.length);
  const fill = await fillDocument(
    model,
    document,
    { ...settings, seed, first },
    controlOf(context, 'Picture'),
  );
  const { id, manifest } = model;
  for (const [candidate, path] of paths.entries()) {
    const record = recordOf({
      version: context.version,
      package: { id, version: manifest.version },
      settings,
      ...fill,
      candidate,
    });
    await writePicture(path, pictureWith(document, fill, candidate), { record, ...qualityOf(options) });
  }
  return paths;
}

async function writeSheet(
  context: Context,
  options: GenerateOptions,
  job: Job,
  count: number,
): Promise<readonly string[]> {
  const { model, size, seed, first } = job;
  const document = blank(size);
  const settings = settingsOf(options, job, 1);
  const pictures: Picture[] = [];
  for (let i = 0; i < count; i++) {
    const control = controlOf(context, `Picture ${i + 1} of ${count}`);
    const fill = await fillDocument(model, document, { ...settings, seed: seed + i, first }, control);
    pictures.push(fittedTo(pictureWith(document, fill, 0), count));
  }
  await writePicture(options.out, contactSheet(pictures), qualityOf(options));
  return [options.out];
}

/** A document without a pixel, all of it selected. */
function blank({ width, height }: Size): Document {
  const data = new Uint8Array(4 * width * height);
  return documentOf(
    { width, height, data },
    { width, height, data: new Uint8Array(width * height).fill(255) },
  );
}

function settingsOf(options: GenerateOptions, { model, prompt }: Job, candidates: number): FillSettings {
  const { preset, scale = null } = options;
  const usual = model.manifest.sampling ?? null;
  const changes = changesOf(options, usual);
  return { ...DEFAULT_SETTINGS, preset, changes, candidates, texture: 0, scale, prompt, usual };
}

function qualityOf({ quality }: GenerateOptions): { quality?: number } {
  return quality === undefined ? {} : { quality };
}

function controlOf({ reporter, signal }: Context, label: string): Parameters<typeof fillDocument>[3] {
  return {
    signal,
    onProgress(progress) {
      if (progress.kind === 'step') reporter.bar.show({ label, ...progress });
    },
  };
}
