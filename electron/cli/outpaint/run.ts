import { TesseraError } from '../../../core/base/errors.ts';
import { extend } from '../../../core/pixels/extend.ts';
import { type Margins } from '../../../core/base/geometry.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import { fillPicture } from '../../../core/fill/fillPicture.ts';
import { MAX_PIXELS, MAX_SIDE } from '../../io/codec/limits.ts';
import { readPicture } from '../../io/readPicture.ts';
import type { OutpaintOptions } from './command.ts';
import type { Context } from '../shared/context.ts';
import { planPictures } from '../shared/plan.ts';
import { runFills } from '../fill/runFills.ts';
import { controlOf, jobSettings } from '../fill/task.ts';
import type { ReportFields } from '../shared/report.ts';

export async function run(context: Context, options: OutpaintOptions): Promise<ReportFields> {
  const destinations = await planPictures(options.pictures, options, []);

  return runFills(context, 'outpaint', options, destinations, async (task, files) => {
    const source = await files.time('read', () => readPicture(task.input));
    checkSize(source.picture, options);
    const { picture: canvas, selection } = extend(source.picture, options);
    const job = { picture: canvas, selection, ...jobSettings(task.settings) };
    const result = await fillPicture(task.model, job, controlOf(context, task));
    return { source, canvas, result };
  });
}

/** The result must be a picture that can be opened again. */
function checkSize(picture: Picture, { left, top, right, bottom }: Margins): void {
  const width = left + picture.width + right;
  const height = top + picture.height + bottom;
  if (Math.max(width, height) <= MAX_SIDE && width * height <= MAX_PIXELS) return;
  throw new TesseraError(
    'limit',
    `The extended picture would have ${width} x ${height} px, and at most ${MAX_SIDE} a side and ${MAX_PIXELS / 1e6} MP in all are possible.`,
    'Extend it by less.',
  );
}
