import { type Command, Option } from 'commander';
import { MAX_CANDIDATES } from '../../../core/base/limits.ts';
import { DEFAULT_TEXTURE } from '../../../core/fill/settings.ts';
import { decimal, text, wholeNumber } from './values.ts';

/** Adds the options that say what of a file is read: which of its pictures, and whether also part of a damaged one. */
export function withPage(command: Command): Command {
  return command
    .option('--damaged', 'read what is there of a picture that is cut off or damaged', false)
    .addOption(
      new Option('--page <N>', 'which picture of a file with several (default: the largest)').argParser(
        wholeNumber('--page', 1, MAX_PAGE),
      ),
    );
}

/** Options of the commands that put tokens into a picture. */
export interface FrameOptions {
  readonly scale?: number; // picture px per model px; chosen around the selection where absent
  readonly feather: number; // picture px, inwards
  readonly detail: number; // 0 .. 1
  readonly texture: number; // 0 .. 1
  readonly tries?: number; // how many are made, of which the best are written
}

const MAX_PAGE = 10_000;
const MAX_SCALE = 64;
const MAX_FEATHER = 1000; // px
export const MAX_GROW = 1000; // px

export function withScale(command: Command, description: string): Command {
  return command.addOption(
    new Option('--scale <S>', description).argParser(decimal('--scale', 0, MAX_SCALE, true)),
  );
}

export function withFrame(command: Command): Command {
  return withScale(command, 'picture px per model px (default: so that hole and context fit the model)')
    .addOption(
      new Option('--feather <PX>', 'soften the border of the mask, inwards')
        .argParser(wholeNumber('--feather', 0, MAX_FEATHER))
        .default(0),
    )
    .addOption(
      new Option('--detail <N>', 'grain and fine texture taken from around the hole, 0 to 1')
        .argParser(decimal('--detail', 0, 1))
        .default(1),
    )
    .addOption(
      new Option('--texture <N>', 'from 0, as the model draws it, to 1, with patches of the picture alone')
        .argParser(decimal('--texture', 0, 1))
        .default(DEFAULT_TEXTURE),
    )
    .addOption(
      new Option(
        '--tries <N>',
        'how many results to make, of which the best are written (default: 2, or as many as are written)',
      ).argParser(wholeNumber('--tries', 1, MAX_CANDIDATES)),
    );
}

export function withKeepTokens(command: Command): Command {
  return command.option(
    '--keep-tokens <FILE>',
    'also write the tokens, as .json or .npy',
    text('--keep-tokens'),
  );
}
