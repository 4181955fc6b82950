import { invert, isEmpty, type Mask } from '../../../core/pixels/masks/mask.ts';
import { meaningText } from '../../../core/pixels/masks/meaning.ts';
import { grow, shrink } from '../../../core/pixels/masks/morphology.ts';
import type { Size } from '../../../core/base/geometry.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { fillDocument } from '../../../core/document/fillDocument.ts';
import { documentOf } from '../../../core/document/document.ts';
import { type MaskOptions, readMask } from '../../io/masks.ts';
import type { FillOptions } from './command.ts';
import type { Context } from '../shared/context.ts';
import { picturesIn, withoutResults } from './inputs.ts';
import { maskFor, parseMaskTarget } from './maskFor.ts';
import type { Target } from '../shared/target.ts';
import { planPictures } from '../shared/plan.ts';
import { readInput } from '../shared/readInput.ts';
import { type FillOne, type Fills, runFills, serveFills } from './runFills.ts';
import { controlOf, settingsOf } from './task.ts';
import type { ReportFields } from '../shared/report.ts';

export async function run(context: Context, given: FillOptions): Promise<ReportFields> {
  const masks = given.mask === undefined ? null : await parseMaskTarget(given.mask);
  const fills: Fills = { operation: 'fill', options: given, fillOne: fillerFor(context, given, masks) };
  if (context.engine) return serveFills(context, fills);
  const named = await picturesIn(given.pictures);
  const pictures = given.skipExisting ? await withoutResults(named, given) : named;
  const skipped = named.length - pictures.length;
  if (skipped > 0) context.reporter.say(`${skipped} of ${named.length} are there already.`);
  if (pictures.length === 0) return { results: [] };
  const options = { ...given, pictures };
  const single = masks?.kind === 'file' ? [masks.path] : [];
  const destinations = await planPictures(options.pictures, options, single);

  return runFills(context, { ...fills, options }, destinations);
}

/** Reads a picture with its mask, and fills it. */
function fillerFor(context: Context, options: FillOptions, masks: Target | null): FillOne {
  return async (task, files) => {
    const { source, document } = await files.time('read', async () => {
      const read = await readInput(context, task.input, options);
      const mask = masks
        ? adjust(
            await readMask(await maskFor(masks, task.input), read.picture, maskOptions(context, options)),
            options,
          )
        : all(read.picture);
      if (isEmpty(mask)) throw nothingSelected();
      return { source: read, document: documentOf(read.picture, mask) };
    });
    const settings = { ...settingsOf(task), ...task.seed };
    const fill = await fillDocument(task.model, document, settings, controlOf(context, task));
    return { source, document, fill };
  };
}

/** All of a picture. */
function all({ width, height }: Size): Mask {
  return { width, height, data: new Uint8Array(width * height).fill(255) };
}

/** Says what a mask was taken for where that is not plain. */
function maskOptions({ reporter }: Context, { maskLabel }: FillOptions): MaskOptions {
  return {
    ...(maskLabel !== undefined && { label: maskLabel }),
    onMeaning(meaning) {
      const text = meaningText(meaning);
      if (text !== null) reporter.note(text);
    },
  };
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
