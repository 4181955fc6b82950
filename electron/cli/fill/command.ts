import { type Command, Option } from 'commander';
import { TesseraError } from '../../../core/base/errors.ts';
import type { Label } from '../../../core/pixels/masks/meaning.ts';
import { PICTURE_FORMATS } from '../../io/pictureNames.ts';
import type { Choose } from '../shared/context.ts';
import { type PromptFlags, withPrompt } from '../shared/prompt.ts';
import { decimal, label, text, wholeNumber } from '../shared/values.ts';
import { type FrameOptions, MAX_GROW, withFrame, withKeepTokens, withPage } from '../shared/picture.ts';
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

export interface FillOptions extends ModelOptions, OutputOptions, SamplingFlags, FrameOptions, PromptFlags {
  readonly pictures: readonly string[];
  readonly mask?: string; // all of the picture where absent, which only a repair may
  readonly strength?: number; // above 0, at most 1
  readonly grow: number; // picture px; negative shrinks
  readonly maskLabel?: Label;
  readonly invert: boolean;
  readonly skipExisting: boolean;
  readonly page?: number;
  readonly damaged: boolean;
  readonly metadata: KeptMetadata;
  readonly keepTokens?: string;
  readonly quality?: number;
}

const EXAMPLES = `
White in the mask is refilled, black stays, bit for bit; write PNG (or WebP at --quality 100) to keep that in the file.
Of a mask that is drawn in one colour on transparency, the alpha counts; of two values, the brighter one; of a picture
with something erased, what is transparent. Of a mask with labels, --mask-label says which.

With --strength the tokens of what is masked (of all, without a mask) are where the fill begins: a package whose tokens
become missing loses that share of them, the least likely first; one whose tokens are replaced makes all of them noise to
that share, so that each may change or stay. Pixels of tokens that stay are not touched.

Examples:
  tessera fill photo.jpg --mask mask.png --out result.png
  tessera fill photo.jpg --mask mask.png --out result.png --candidates 4 --seed 7
  tessera fill photos/ --mask masks/ --out results/ --skip-existing
  tessera fill photos/ --mask masks/ --out results/ --server https://a.example.org --server https://b.example.org
  tessera fill photo.jpg --mask mask.png --strength 0.4 --out repaired.png
  tessera fill photo.jpg --strength 0.1 --out repaired.png      # anywhere in the picture
  tessera fill *.jpg --mask "{name}-mask.png" --out "{name}-filled.png"`;

export function defineFill(program: Command, choose: Choose): void {
  const command = program
    .command('fill')
    .summary('refill the masked part of pictures')
    .description('Refills the masked part of pictures and leaves every other pixel as it is.')
    .argument('<PICTURES...>', `${PICTURE_FORMATS}, or folders of them`)
    .option('-m, --mask <MASK>', 'a mask, a folder of masks, or a path with {name}', text('--mask'))
    .addHelpText('after', EXAMPLES);
  withOutput(command, 'a .png, .jpg or .webp file, a folder, or a path with {name}');
  command
    .addOption(
      new Option(
        '--mask-label <L>',
        'of a mask with labels, the one to refill: a number or #rrggbb',
      ).argParser(label('--mask-label')),
    )
    .option(
      '--skip-existing',
      'leave out pictures whose results are there already, to go on after a stop',
      false,
    )
    .option('--invert', 'refill what is black in the mask', false)
    .addOption(
      new Option('--grow <PX>', 'widen the mask; a negative number narrows it')
        .argParser(wholeNumber('--grow', -MAX_GROW, MAX_GROW))
        .default(0),
    )
    .addOption(
      new Option(
        '--strength <S>',
        'repair instead of refilling: this share of the tokens is drawn anew, the least likely first',
      ).argParser(decimal('--strength', 0, 1, true)),
    );
  withKeepTokens(withMetadata(withQuality(withPage(withFrame(command)))));
  withVerbosity(withEngines(withModel(withSampling(withPrompt(command)))));
  command.action((pictures: string[], options: Omit<FillOptions, 'pictures'>) => {
    if (options.mask === undefined && options.strength === undefined) {
      throw new TesseraError(
        'usage',
        'Nothing says what to refill.',
        'Give --mask MASK, or repair all of the picture with --strength S.',
      );
    }
    choose('fill', { ...options, pictures }, () => import('./run.ts'));
  });
}
