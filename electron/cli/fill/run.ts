import { invert, isEmpty, type Mask } from '../../../core/pixels/masks/mask.ts';
import { grow, shrink } from '../../../core/pixels/masks/morphology.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { fillDocument } from '../../../core/document/fillDocument.ts';
import { documentOf } from '../../../core/document/openDocument.ts';
import { readMask } from '../../io/masks.ts';
import { readPicture } from '../../io/readPicture.ts';
import type { FillOptions } from './command.ts';
import type { Context } from '../shared/context.ts';
import { planPictures } from '../shared/plan.ts';
import { runFills } from './runFills.ts';
import { controlOf, settingsOf } from './task.ts';
import type { ReportFields } from '../shared/report.ts';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { baseName, pathFor, type Target } from '../shared/target.ts';

export async function run(context: Context, options: FillOptions): Promise<ReportFields> {
  const masks = await parseMaskTarget(options.mask);
  const single = masks.kind === 'file' ? [masks.path] : [];
  const destinations = await planPictures(options.pictures, options, single);

  return runFills(context, 'fill', options, destinations, async (task, files) => {
    const { source, document } = await files.time('read', async () => {
      const read = await readPicture(task.input);
      const mask = adjust(await readMask(await maskFor(masks, task.input), read.picture), options);
      if (isEmpty(mask)) throw nothingSelected();
      return { source: read, document: documentOf(read.picture, mask) };
    });
    const settings = { ...settingsOf(task.flags), seed: task.seed };
    const fill = await fillDocument(task.model, document, settings, controlOf(context, task));
    return { source, document, fill };
  });
}

function nothingSelected(): TesseraError {
  return new TesseraError('input', 'The mask selects nothing.', 'Paint white what is to be refilled.');
}

/** What the options make of a mask: first inverted, then widened or narrowed. */
function adjust(mask: Mask, options: Pick<FillOptions, 'invert' | 'grow'>): Mask {
  const chosen = options.invert ? invert(mask) : mask;
  if (options.grow === 0) return chosen;
  return options.grow > 0 ? grow(chosen, options.grow) : shrink(chosen, -options.grow);
}

/** Masks are found in a folder by the name of their picture; the lossless formats come first. */
const EXTENSIONS = ['.png', '.webp', '.tif', '.tiff', '.avif', '.jpg', '.jpeg'];

/**
 * Understands `--mask`: one mask for all, a path with `{name}`, or a folder.
 *
 * @throws TesseraError 'input' if it is one mask that is not there; said once, not for every picture
 */
async function parseMaskTarget(given: string): Promise<Target> {
  if (given.includes('{name}')) return { kind: 'pattern', path: given };
  const found = await stat(given).catch(() => null);
  if (found) return { kind: found.isDirectory() ? 'folder' : 'file', path: given };
  throw new TesseraError('input', `There is no mask "${given}".`, 'Check the path for a typing error.');
}

/**
 * The mask of one picture.
 *
 * @throws TesseraError 'input' if the folder holds none of its name
 */
async function maskFor(target: Target, picture: string): Promise<string> {
  if (target.kind !== 'folder') return pathFor(target, picture, '');
  for (const extension of EXTENSIONS) {
    const candidate = pathFor(target, picture, extension);
    if (await isFile(candidate)) return candidate;
  }
  throw new TesseraError(
    'input',
    `The folder "${target.path}" holds no mask for "${picture}".`,
    `Name it as the picture, such as ${path.join(target.path, `${baseName(picture)}.png`)}.`,
  );
}

async function isFile(where: string): Promise<boolean> {
  const found = await stat(where).catch(() => null);
  return found?.isFile() ?? false;
}
