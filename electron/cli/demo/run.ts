import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import { fillDocument, pictureWith } from '../../../core/document/fillDocument.ts';
import { documentOf } from '../../../core/document/openDocument.ts';
import { tokensIn } from '../../../core/fill/record.ts';
import { DEFAULT_SETTINGS } from '../../../core/fill/settings.ts';
import { readMask } from '../../io/masks.ts';
import { readPicture } from '../../io/readPicture.ts';
import { writePicture } from '../../io/writePicture.ts';
import type { DemoOptions } from './command.ts';
import type { Context } from '../shared/context.ts';
import { sideBySide, withOverlay } from './sideBySide.ts';
import { type ReportFields, roundTimings } from '../shared/report.ts';
import { count, durationText } from '../shared/text.ts';
import { packageReport, predicting, withPackage } from '../shared/withPackage.ts';

const SAMPLE = { picture: 'nuthatch.jpg', mask: 'nuthatch-mask.png', seed: 5 };

export async function run(context: Context, options: DemoOptions): Promise<ReportFields> {
  const started = performance.now();
  const { root, reporter, signal } = context;
  const samples = path.join(root, 'assets', 'samples');
  const out = path.join(await outputFolder(root), 'demo.png');

  return withPackage(context, options, async ({ model: opened }) => {
    const model = await predicting(context, opened);
    const { picture } = await readPicture(path.join(samples, SAMPLE.picture));
    const selection = await readMask(path.join(samples, SAMPLE.mask), picture);
    const document = documentOf(picture, selection);
    const settings = { ...DEFAULT_SETTINGS, seed: SAMPLE.seed };
    const fill = await fillDocument(model, document, settings, {
      signal,
      onProgress(progress) {
        if (progress.kind === 'step') reporter.bar.show({ label: `Filling ${SAMPLE.picture}`, ...progress });
      },
    });
    const filled = pictureWith(document, fill, 0);
    await writePicture(out, sideBySide([picture, withOverlay(picture, selection), filled]));

    const tokensChanged = tokensIn(fill.outcome);
    const total = performance.now() - started;
    reporter.say(
      `Filled ${count(tokensChanged, 'token')} of ${SAMPLE.picture} in ${durationText(total)}.\n` +
        `Original, mask and result side by side: ${out}`,
    );
    return {
      package: packageReport(model),
      outputs: [out],
      seed: SAMPLE.seed,
      tokensChanged,
      timings: roundTimings({ ...fill.outcome.timings, total }),
    };
  });
}

async function outputFolder(root: string): Promise<string> {
  const folder = path.join(root, 'out');
  try {
    await mkdir(folder, { recursive: true });
    return folder;
  } catch (cause) {
    throw new TesseraError('output', `The folder "${folder}" cannot be made.`, 'Check its permissions.', {
      cause,
    });
  }
}
