import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import { applyPatch } from '../../../core/pixels/patch.ts';
import { DEFAULT_PRESET, PRESETS } from '../../../core/sampling/presets.ts';
import { fillPicture } from '../../../core/fill/fillPicture.ts';
import { readMask } from '../../io/masks.ts';
import { readPicture } from '../../io/readPicture.ts';
import { writePicture } from '../../io/writePicture.ts';
import type { DemoOptions } from './command.ts';
import type { Context } from '../shared/context.ts';
import { sideBySide, withOverlay } from './sideBySide.ts';
import { holeTokens } from '../fill/facts.ts';
import { type ReportFields, roundTimings } from '../shared/report.ts';
import { count, durationText } from '../shared/text.ts';
import { packageFacts, withPackage } from '../shared/withPackage.ts';

const SAMPLE = { picture: 'nuthatch.jpg', mask: 'nuthatch-mask.png', seed: 5 };

export async function run(context: Context, options: DemoOptions): Promise<ReportFields> {
  const started = performance.now();
  const { root, reporter, signal } = context;
  const samples = path.join(root, 'assets', 'samples');
  const out = path.join(await outputFolder(root), 'demo.png');

  return withPackage(context, options, async ({ model }) => {
    const { picture } = await readPicture(path.join(samples, SAMPLE.picture));
    const selection = await readMask(path.join(samples, SAMPLE.mask), picture);
    const sampling = PRESETS[DEFAULT_PRESET];
    const job = { picture, selection, sampling, seed: SAMPLE.seed, candidates: 1, feather: 0, detail: 1 };
    const result = await fillPicture(model, job, {
      signal,
      onProgress: ({ done, total }) => {
        reporter.bar.show({ label: `Filling ${SAMPLE.picture}`, done, total });
      },
    });
    const original = { ...picture, data: picture.data.slice() };
    for (const patch of result.candidates[0]!.patches) applyPatch(picture, patch);
    await writePicture(out, sideBySide([original, withOverlay(original, selection), picture]));

    const tokensChanged = holeTokens(result);
    const total = performance.now() - started;
    reporter.say(
      `Filled ${count(tokensChanged, 'token')} of ${SAMPLE.picture} in ${durationText(total)}.\n` +
        `Original, mask and result side by side: ${out}`,
    );
    return {
      package: packageFacts(model),
      outputs: [out],
      seed: SAMPLE.seed,
      tokensChanged,
      timings: roundTimings({ ...result.timings, total }),
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
