import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { throwIfAborted } from '../../../core/base/abort.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { type Manifest, windowOf } from '../../../core/model/manifest.ts';
import type { PrecisionCost } from '../../../core/model/precisionCost.ts';
import type { Picture, Planes } from '../../../core/pixels/picture.ts';
import { toPlanes } from '../../../core/pixels/planes.ts';
import { COST_NAME, writeCost } from '../../runtime/costFile.ts';
import { type LoadedParts, partsOf as loadedPartsOf } from '../../runtime/loadPackage.ts';
import { isSystemError, refusal } from '../../runtime/nodeErrors.ts';
import type { PackageFolder } from '../../runtime/packageFolder.ts';
import { type OpenSession, sessionFactory } from '../../runtime/sessions.ts';
import { GONE, inStaging } from '../../runtime/staging.ts';
import { type Parts, partsOf } from '../package/parts.ts';
import { type Reading, writeDenoiser, writeTokenizer } from '../package/writeModels.ts';
import type { Recognised } from '../recognise/piece.ts';
import { checkOrigin, choicesIn } from './origin.ts';
import { bitsPerToken, readTokenizer, tokenizerCost } from './readings.ts';

/** px per side of a sample, at most, where no denoiser says what it sees at once. */
const SIDE_WITHOUT = 256;

/** Where the stages end among all of it, 0 .. 1, by the time that they take, about. */
const ENDS = { write: 0.2, published: 0.35, now: 0.5, writeDenoiser: 0.7, publishedDenoiser: 0.85, all: 1 };

/** Numbers of a model up to which what was published is written again without being asked for: 2 GB, and about as long as the import. */
const MOST_VALUES = 500e6;

/** Whether the cost of a lower precision is measured where nobody says. */
export function isMeasuredUnasked({
  tokenizer,
  denoiser,
  text,
}: Pick<Recognised, 'tokenizer' | 'denoiser' | 'text'>): boolean {
  return [tokenizer, denoiser, text].reduce((sum, piece) => sum + (piece?.values ?? 0), 0) <= MOST_VALUES;
}

export interface MeasureOptions {
  readonly signal?: AbortSignal;
  /** Told how far all of it is, 0 .. 1. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Measures what the precision of an imported package costs, on sample pictures against the same models as they were published,
 * and keeps it beside the package. What was published is written again from the checkpoints, aside and one model after the
 * other: the disk holds no more than the larger of tokenizer and denoiser besides the package, and memory one model.
 * Whatever happens, the package itself is not touched.
 *
 * @param recognised the files that the package was made of
 * @param samples pictures; of each the square in its middle is taken
 * @throws TesseraError 'usage' where the package was made of other files, 'output' where the disk cannot take what is written
 *   aside, 'package' if a model does not run, 'aborted'
 */
export async function measureCost(
  recognised: Recognised,
  opened: PackageFolder,
  samples: readonly Picture[],
  { signal, onProgress }: MeasureOptions = {},
): Promise<PrecisionCost> {
  const parts = partsOf(recognised);
  await checkOrigin(parts, opened.manifest, signal);
  try {
    return await inStaging(path.dirname(opened.folder), 'measuring', async (staging) => {
      const cost = await measured({ parts, opened, staging, samples, tell, signal });
      await rename(await writeCost(staging, opened.sha256, cost), path.join(opened.folder, COST_NAME));
      return cost;
    });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new TesseraError(
      'output',
      `What the precision costs could not be measured, since ${refusal(error)}.`,
      'Check the free space and the permissions of the folder of the packages.',
      { cause: error },
    );
  }

  function tell(from: number, to: number): (share: number) => void {
    return (share) => {
      throwIfAborted(signal);
      onProgress?.(from + (to - from) * share);
    };
  }
}

interface Work {
  readonly parts: Parts;
  readonly opened: PackageFolder;
  readonly staging: string; // a folder that goes afterwards
  readonly samples: readonly Picture[];
  readonly tell: (from: number, to: number) => (share: number) => void;
  readonly signal: AbortSignal | undefined;
}

async function measured({ parts, opened, staging, samples, tell, signal }: Work): Promise<PrecisionCost> {
  const { manifest } = opened;
  const choices = { ...choicesIn(manifest), precision: 'full' } as const;
  const pictures = samples.map((sample) => squareOf(sample, sideOf(manifest)));
  const now = <T>(work: (model: LoadedParts) => Promise<T>): Promise<T> =>
    loaded(opened, opened.folder, work);
  const published = async <T>(
    write: (folder: string) => Promise<unknown>,
    work: (model: LoadedParts) => Promise<T>,
  ): Promise<T> => {
    const folder = path.join(staging, 'published');
    await mkdir(folder);
    await write(folder);
    const found = await loaded(opened, folder, work);
    await rm(folder, GONE);
    return found;
  };

  const asPublished = await published(
    (folder) => writeTokenizer(parts, 'full', folder, reading(parts.tokenizer.values, 0, ENDS.write)),
    ({ tokenizer }) => readTokenizer(tokenizer, pictures, null, tell(ENDS.write, ENDS.published), signal),
  );
  const { grids } = asPublished;
  const asItIs = await now(({ tokenizer }) =>
    readTokenizer(tokenizer, pictures, grids, tell(ENDS.published, ENDS.now), signal),
  );
  const tokenizer = tokenizerCost(pictures, asPublished, asItIs);
  if (!parts.denoiser) return { pictures: pictures.length, tokenizer, denoiser: null };

  const values = parts.denoiser.values + (parts.words?.text.values ?? 0);
  const denoiser = {
    published: await published(
      (folder) => writeDenoiser(parts, choices, folder, reading(values, ENDS.now, ENDS.writeDenoiser)),
      (model) => bitsOf(model, tell(ENDS.writeDenoiser, ENDS.publishedDenoiser)),
    ),
    now: await now((model) => bitsOf(model, tell(ENDS.publishedDenoiser, ENDS.all))),
  };
  return { pictures: pictures.length, tokenizer, denoiser };

  function bitsOf({ denoiser: model }: LoadedParts, onDone: (share: number) => void): Promise<number> {
    return bitsPerToken(model!, grids, onDone, signal);
  }

  function reading(all: number, from: number, to: number): Reading {
    const onDone = tell(from, to);
    let read = 0;
    return {
      ...(signal && { signal }),
      onRead(count) {
        read += count;
        onDone(Math.min(1, read / all));
      },
    };
  }
}

/** Lends the models of a package that lie in a folder, each loaded when it is used, and frees them. */
async function loaded<T>(
  opened: PackageFolder,
  folder: string,
  work: (model: LoadedParts) => Promise<T>,
): Promise<T> {
  const sessions = sessionFactory({ provider: 'cpu' });
  const fileOf = (file: string): string => path.join(folder, file);
  const open: OpenSession = (file) => {
    const name = `${file} of the package ${opened.manifest.id}`;
    return { name, open: () => sessions.create(fileOf(file), name) };
  };
  const model = loadedPartsOf(opened, { open, fileOf, provider: () => sessions.provider, messages: [] });
  try {
    return await work(model);
  } finally {
    await model.dispose();
  }
}

/** px per side of what is read of a sample: what the denoiser sees at once. */
function sideOf(manifest: Manifest): number {
  const { downsample } = manifest.tokenizer;
  const { min, max } = windowOf(manifest);
  const tokens = manifest.denoiser
    ? max
    : Math.max(min, Math.min(max, Math.floor(SIDE_WITHOUT / downsample)));
  return tokens * downsample;
}

/** The square in the middle of a picture, at a size. @param side px */
function squareOf(picture: Picture, side: number): Planes {
  const width = Math.min(picture.width, picture.height);
  const [x, y] = [(picture.width - width) >> 1, (picture.height - width) >> 1];
  return toPlanes(picture, { x, y, width, height: width }, { width: side, height: side });
}
