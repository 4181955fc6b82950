import { type Command, Option } from 'commander';
import { MAX_CANVAS_SIDE } from '../../../core/base/limits.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import type { Margins } from '../../../core/base/geometry.ts';
import { PICTURE_FORMATS } from '../../io/pictureNames.ts';
import type { Choose } from '../shared/context.ts';
import { wholeNumber } from '../shared/values.ts';
import { type FrameOptions, withFrame, withKeepTokens, withPage } from '../shared/picture.ts';
import { type PromptFlags, withPrompt } from '../shared/prompt.ts';
import { type SamplingFlags, withSampling } from '../shared/sampling.ts';
import {
  type KeptMetadata,
  type ModelOptions,
  withEngines,
  withMetadata,
  type OutputOptions,
  withModel,
  withOutput,
  withQuality,
  withVerbosity,
} from '../shared/options.ts';

export interface OutpaintOptions
  extends ModelOptions, OutputOptions, SamplingFlags, FrameOptions, Margins, PromptFlags {
  readonly pictures: readonly string[];
  readonly page?: number;
  readonly damaged: boolean;
  readonly metadata: KeptMetadata;
  readonly keepTokens?: string;
  readonly quality?: number;
}

const SIDES = ['left', 'top', 'right', 'bottom'] as const;

const EXAMPLES = `
Examples:
  tessera outpaint photo.jpg --left 256 --right 256 --out wide.png
  tessera outpaint *.jpg --bottom 200 --out results/`;

export function defineOutpaint(program: Command, choose: Choose): void {
  const command = program
    .command('outpaint')
    .summary('extend pictures past their edges')
    .description('Extends pictures past their edges and leaves every pixel that was there as it is.')
    .argument('<PICTURES...>', PICTURE_FORMATS)
    .addHelpText('after', EXAMPLES);
  withOutput(command, 'a .png, .jpg or .webp file, a folder, or a path with {name}');
  for (const side of SIDES) {
    command.addOption(
      new Option(`--${side} <PX>`, `how far to extend the picture at the ${side}`)
        .argParser(wholeNumber(`--${side}`, 0, MAX_CANVAS_SIDE))
        .default(0),
    );
  }
  withKeepTokens(withMetadata(withQuality(withPage(withFrame(command)))));
  withVerbosity(withEngines(withModel(withSampling(withPrompt(command)))));
  command.action((pictures: string[], options: Omit<OutpaintOptions, 'pictures'>) => {
    if (SIDES.every((side) => options[side] === 0)) {
      throw new TesseraError(
        'usage',
        'No edge is to be extended.',
        'Give --left, --top, --right or --bottom in pixels.',
      );
    }
    choose('outpaint', { ...options, pictures }, () => import('./run.ts'));
  });
}
