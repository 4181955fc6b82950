import { TesseraError } from '../../../core/base/errors.ts';
import { applyChange } from '../../../core/document/applyChange.ts';
import { extendCanvas } from '../../../core/document/canvas.ts';
import { type Document, documentOf } from '../../../core/document/document.ts';
import { fillDocument } from '../../../core/document/fillDocument.ts';
import { extendRect, type Margins } from '../../../core/base/geometry.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import { MAX_CANVAS_PIXELS, MAX_CANVAS_SIDE } from '../../../core/base/limits.ts';
import type { OutpaintOptions } from './command.ts';
import type { Context } from '../shared/context.ts';
import { readInput } from '../shared/readInput.ts';
import { planPictures } from '../shared/plan.ts';
import { type Fills, runFills, serveFills } from '../fill/runFills.ts';
import { controlOf, settingsOf } from '../fill/task.ts';
import type { ReportFields } from '../shared/report.ts';

export async function run(context: Context, options: OutpaintOptions): Promise<ReportFields> {
  const fills: Fills = {
    operation: 'outpaint',
    options,
    async fillOne(task, files) {
      const source = await files.time('read', () => readInput(context, task.input, options));
      checkSize(source.picture, options);
      const document = extended(documentOf(source.picture), options);
      const settings = { ...settingsOf(task), ...task.seed };
      const fill = await fillDocument(task.model, document, settings, controlOf(context, task));
      return { source, document, fill };
    },
  };
  if (context.engine) return serveFills(context, fills);
  return runFills(context, fills, await planPictures(options.pictures, options, []));
}

/** The document on a larger canvas; what is new is transparent, and selected. */
function extended(document: Document, margins: Margins): Document {
  return applyChange(document, extendCanvas(document, extendRect(document.canvas, margins)));
}

/** The result must be a picture that can be opened again. */
function checkSize(picture: Picture, { left, top, right, bottom }: Margins): void {
  const width = left + picture.width + right;
  const height = top + picture.height + bottom;
  if (Math.max(width, height) <= MAX_CANVAS_SIDE && width * height <= MAX_CANVAS_PIXELS) return;
  throw new TesseraError(
    'limit',
    `The extended picture would have ${width} x ${height} px, and at most ${MAX_CANVAS_SIDE} a side and ${MAX_CANVAS_PIXELS / 1e6} MP in all are possible.`,
    'Extend it by less.',
  );
}
