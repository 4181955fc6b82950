import { TesseraError } from '../../../core/base/errors.ts';
import { checkIds } from '../../../core/tokens/grid.ts';
import { createClock } from '../../../core/fill/clock.ts';
import { type DecodeOptions as EngineOptions, decodeTokens } from '../../../core/paint/decodeTokens.ts';
import { MAX_CANVAS_PIXELS, MAX_CANVAS_SIDE } from '../../../core/base/limits.ts';
import { writePicture } from '../../io/writePicture.ts';
import { eachInput } from '../shared/batch.ts';
import type { DecodeOptions } from './command.ts';
import type { Context } from '../shared/context.ts';
import { planPictures } from '../shared/plan.ts';
import { checkPackage, gridOf, type OpenedTokens, openTokens } from '../shared/tokenFile.ts';
import { type ReportFields, roundTimings } from '../shared/report.ts';
import { packageReport, withPackage } from '../shared/withPackage.ts';

const PHASES = ['read', 'decode', 'write'] as const;

export async function run(context: Context, options: DecodeOptions): Promise<ReportFields> {
  const { files, quality } = options;
  const destinations = await planPictures(files, { ...options, candidates: 1 }, []);

  return withPackage(context, options, async ({ model, loading }) => {
    const { tokenizer } = model;
    const results = await eachInput(files, context, 'decoded', async (input, index) => {
      const path = destinations[index]!.pictures[0]!;
      const clock = createClock(PHASES);
      const tokens = await clock.time('read', () => openTokens(input));
      checkPackage(tokens, model, input);
      const grid = gridOf(tokens);
      checkIds(grid, tokenizer.codes);
      checkSize(tokens, tokenizer.downsample);
      const engineOptions = { ...placeOf(tokens), signal: context.signal };
      const picture = await clock.time('decode', () => decodeTokens(tokenizer, grid, engineOptions));
      await clock.time('write', () => writePicture(path, picture, quality === undefined ? {} : { quality }));
      const { width, height } = picture;
      context.reporter.say(`${path}\n  ${width} x ${height} px from ${grid.width} x ${grid.height} tokens`);
      return { path, width, height, timings: roundTimings(clock.times) };
    });
    return { package: packageReport(model), results, timings: roundTimings({ load: loading }) };
  });
}

/** The scale of the tokens, and the size of their picture where they stand for all of it. */
function placeOf({ frame, picture }: OpenedTokens): Pick<EngineOptions, 'scale' | 'size'> {
  if (!frame) return {};
  const { rect, scale } = frame;
  const whole =
    picture && rect.x === 0 && rect.y === 0 && rect.width >= picture.width && rect.height >= picture.height;
  return whole ? { scale, size: picture } : { scale };
}

/** The picture must be one that can be opened again; the scale in a file may be anything. */
function checkSize({ width, height, frame }: OpenedTokens, downsample: number): void {
  const unit = Math.round((frame?.scale ?? 1) * downsample); // picture px per token
  const size = [width * unit, height * unit] as const;
  if (unit >= 1 && Math.max(...size) <= MAX_CANVAS_SIDE && size[0] * size[1] <= MAX_CANVAS_PIXELS) return;
  throw new TesseraError(
    'limit',
    `These tokens stand for a picture of ${size[0]} x ${size[1]} px; 1 to ${MAX_CANVAS_SIDE} px a side and ${MAX_CANVAS_PIXELS / 1e6} MP in all are possible.`,
    'Change the scale in the token file.',
  );
}
