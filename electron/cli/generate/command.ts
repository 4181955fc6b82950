import { type Command, Option } from 'commander';
import { MAX_CANVAS_SIDE } from '../../../core/base/limits.ts';
import type { Choose } from '../shared/context.ts';
import {
  type ModelOptions,
  type OutputOptions,
  withModel,
  withOutput,
  withQuality,
  withVerbosity,
} from '../shared/options.ts';
import { withScale } from '../shared/picture.ts';
import { type PromptFlags, withPrompt } from '../shared/prompt.ts';
import { type SamplingFlags, withSampling } from '../shared/sampling.ts';
import { wholeNumber } from '../shared/values.ts';

export interface GenerateOptions extends ModelOptions, OutputOptions, SamplingFlags, PromptFlags {
  readonly width?: number; // px; what the model sees at once where it is left out
  readonly height?: number;
  readonly scale?: number; // picture px per model px
  readonly count?: number; // pictures on one sheet
  readonly quality?: number;
}

const MOST_ON_SHEET = 64;

const EXAMPLES = `
A picture that is larger than what the model sees at once is made in overlapping windows.
A sheet shows picture i (from 0) as the seed N + i draws it: give that seed to have it alone and in full.

Examples:
  tessera generate --width 512 --height 384 --seed 7 --out new.png
  tessera generate --count 16 --seed 1 --out sheet.png`;

export function defineGenerate(program: Command, choose: Choose): void {
  const command = program
    .command('generate')
    .summary('make pictures from nothing')
    .description('Makes pictures from nothing: every token is drawn by the model.')
    .addHelpText('after', EXAMPLES);
  withOutput(command, 'a .png, .jpg or .webp file');
  const side = (name: string) =>
    new Option(`--${name} <PX>`, `of a picture (default: what the model sees at once)`).argParser(
      wholeNumber(`--${name}`, 16, MAX_CANVAS_SIDE),
    );
  command
    .addOption(side('width'))
    .addOption(side('height'))
    .addOption(
      new Option('--count <N>', 'so many pictures on one sheet, smaller').argParser(
        wholeNumber('--count', 1, MOST_ON_SHEET),
      ),
    );
  withScale(withQuality(command), 'picture px per model px (default: at most 2, so that fewer windows do)');
  withVerbosity(withModel(withSampling(withPrompt(command))));
  command.action((options: GenerateOptions) => {
    choose('generate', options, () => import('./run.ts'));
  });
}
