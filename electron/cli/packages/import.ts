import { isMeasuredUnasked } from '../../../native-models/importers/cost/measureCost.ts';
import { idOf, identityOf } from '../../../native-models/importers/package/identity.ts';
import { importPackage } from '../../../native-models/importers/package/importPackage.ts';
import { recognise } from '../../../native-models/importers/recognise/recognise.ts';
import { userPackages } from '../../io/packageFolders.ts';
import { expectedFill } from '../../../native-models/importers/timing/expectedFill.ts';
import type { Context } from '../shared/context.ts';
import type { ReportFields } from '../shared/report.ts';
import { bytesText, durationText } from '../shared/text.ts';
import type { ImportFlags } from './command.ts';
import { costText, measured } from './cost.ts';
import { packageDetails } from './describe.ts';
import { expectedText, pieceText } from './checkpoints.ts';

/** Makes a package of published checkpoints and installs it for this user. */
export async function importFiles(
  context: Context,
  files: readonly string[],
  flags: ImportFlags,
  replace: boolean,
): Promise<ReportFields> {
  const { reporter, signal } = context;
  const started = performance.now();
  const recognised = await recognise(files, signal);
  const { tokenizer, denoiser, text, missing, notes } = recognised;
  const pieces = [tokenizer, denoiser, text].filter((piece) => piece !== null);
  reporter.say(pieces.map(pieceText).join('\n\n'));
  for (const sentence of missing === null || !tokenizer ? notes : [missing, ...notes])
    reporter.note(sentence);
  const fill = await expectedFill(recognised);
  if (fill) reporter.say(`\n${expectedText(fill)}`);
  const precision = flags.int8 ? 'int8' : flags.half ? 'half' : 'full';
  const suggested = identityOf(recognised, precision);
  const license = flags.license ?? suggested.license;
  const choices = {
    id: flags.id ?? (flags.name === undefined ? suggested.id : idOf(flags.name)),
    name: flags.name ?? suggested.name,
    license: license === '' ? 'unknown' : license,
    precision,
    heads: flags.heads ?? null,
    classId: flags.class ?? null,
    guidance: flags.guidance,
  } as const;
  if (license === '')
    reporter.note(
      'Nobody told the licence of these weights; see where you have them from, or give --license.',
    );
  const made = await importPackage(recognised, choices, userPackages(), {
    replace,
    signal,
    onProgress(label, done) {
      reporter.bar.show({ label, done: 100 * done, total: 100, unit: '%' });
    },
  });
  const imported = packageDetails(made);
  const took = durationText(performance.now() - started);
  reporter.say(`\nAdded ${imported.name} as ${imported.id}, ${bytesText(imported.size)}, in ${took}`);
  reporter.say(
    imported.fills
      ? `Fill with it: tessera fill photo.jpg --mask mask.png --package ${imported.id} --out result.png`
      : `Its tokens: tessera encode photo.jpg --package ${imported.id} --out photo.json`,
  );
  const wanted = flags.measure ?? isMeasuredUnasked(recognised);
  const cost = precision !== 'full' && wanted ? await measured(context, recognised, made) : null;
  if (cost) reporter.say(`\n${costText(cost)}`);
  return { imported, recognised, cost };
}
