import { encodePicture } from '../../../core/paint/encodePicture.ts';
import { createClock } from '../../../core/fill/clock.ts';
import { readPicture } from '../../io/readPicture.ts';
import { writeTokenFile } from '../../io/tokenFiles.ts';
import { eachInput } from '../shared/batch.ts';
import type { EncodeOptions } from './command.ts';
import type { Context } from '../shared/context.ts';
import { planTokens } from '../shared/plan.ts';
import { tokenFileOf } from '../shared/tokenFile.ts';
import { type ReportFields, roundTimings } from '../shared/report.ts';
import { packageReport, withPackage } from '../shared/withPackage.ts';

const PHASES = ['read', 'encode', 'write'] as const;

export async function run(context: Context, options: EncodeOptions): Promise<ReportFields> {
  const outputs = await planTokens(options.pictures, { ...options, candidates: 1 });
  const { scale = 1 } = options;

  return withPackage(context, options, async ({ model, loading }) => {
    const results = await eachInput(options.pictures, context, 'encoded', async (input, index) => {
      const path = outputs[index]![0]!;
      const clock = createClock(PHASES);
      const { picture } = await clock.time('read', () => readPicture(input));
      const { signal } = context;
      const encoded = await clock.time('encode', () =>
        encodePicture(model.tokenizer, picture, { scale, signal }),
      );
      const { width, height } = picture;
      const { grid, frame } = encoded;
      const file = tokenFileOf(model, grid, { frame, picture: { width, height } });
      await clock.time('write', () => writeTokenFile(path, file));
      context.reporter.say(`${path}\n  ${grid.width} x ${grid.height} tokens of ${width} x ${height} px`);
      return { path, columns: grid.width, rows: grid.height, frame, timings: roundTimings(clock.times) };
    });
    return { package: packageReport(model), results, timings: roundTimings({ load: loading }) };
  });
}
