import type { PrecisionCost } from '../../../core/model/precisionCost.ts';
import { measureCost } from '../../../native-models/importers/cost/measureCost.ts';
import type { Recognised } from '../../../native-models/importers/recognise/piece.ts';
import { recognise } from '../../../native-models/importers/recognise/recognise.ts';
import { findPackage } from '../../../native-models/runtime/findPackages.ts';
import { openPackageFolder, type PackageFolder } from '../../../native-models/runtime/packageFolder.ts';
import { readSamples } from '../../io/samplePictures.ts';
import type { Context } from '../shared/context.ts';
import { packageFolders } from '../shared/folders.ts';
import type { ReportFields } from '../shared/report.ts';
import { count, table } from '../shared/text.ts';

/** Measures what the precision of an imported package costs. */
export async function measure(
  context: Context,
  { id, files }: { readonly id: string; readonly files: readonly string[] },
): Promise<ReportFields> {
  const { root, reporter, signal } = context;
  const opened = await openPackageFolder(await findPackage(id, packageFolders(root)));
  const cost = await measured(context, await recognise(files, signal), opened);
  reporter.say(costText(cost));
  return { measured: opened.manifest.id, cost };
}

/** Measures it with a bar. */
export async function measured(
  { root, reporter, signal }: Context,
  recognised: Recognised,
  opened: PackageFolder,
): Promise<PrecisionCost> {
  return measureCost(recognised, opened, await readSamples(root), {
    signal,
    onProgress(done) {
      reporter.bar.show({
        label: 'Measuring what the precision costs',
        done: 100 * done,
        total: 100,
        unit: '%',
      });
    },
  });
}

/** What a precision costs, for a person. */
export function costText({ pictures, tokenizer, denoiser }: PrecisionCost): string {
  const { loss, likeness, sameCodes } = tokenizer;
  const alike = likeness === null ? 'to the last pixel' : `to ${likeness.toFixed(1)} dB`;
  const rows = [
    ['pictures', `${signed(-loss, 2)} dB through tokens and back; the same tokens decode alike ${alike}`],
    ['codes', `${(100 * sameCodes).toFixed(1)} % as published`],
    ...(denoiser
      ? ([
          [
            'tokens',
            `${signed(denoiser.now - denoiser.published, 3)} bits per token with half of them missing: ` +
              `${denoiser.published.toFixed(3)} as published, ${denoiser.now.toFixed(3)} now`,
          ],
        ] as const)
      : []),
  ] as const;
  return `What its precision costs, measured on ${count(pictures, 'picture')}:\n${table(rows).replace(/^/gm, '  ')}`;
}

/** +0.004, -0.02, 0.00 */
function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '-' : '+'}${text}`;
}
