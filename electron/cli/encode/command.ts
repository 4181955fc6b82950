import type { Command } from 'commander';
import { PICTURE_FORMATS } from '../../io/pictureNames.ts';
import type { Choose } from '../shared/context.ts';
import { withPage, withScale } from '../shared/picture.ts';
import {
  type ModelOptions,
  type OutputOptions,
  withModel,
  withOutput,
  withVerbosity,
} from '../shared/options.ts';

export interface EncodeOptions extends ModelOptions, OutputOptions {
  readonly pictures: readonly string[];
  readonly page?: number;
  readonly damaged: boolean;
  readonly scale?: number; // picture px per model px
}

export function defineEncode(program: Command, choose: Choose): void {
  const command = program
    .command('encode')
    .summary('turn pictures into token files')
    .description('Turns whole pictures into token files; mirrored pixels complete the tokens at the edges.')
    .argument('<PICTURES...>', PICTURE_FORMATS);
  withOutput(command, 'a .json or .npy file, a folder, or a path with {name}');
  withVerbosity(withModel(withScale(withPage(command), 'picture px per model px (default: 1)')));
  command.action((pictures: string[], options: Omit<EncodeOptions, 'pictures'>) => {
    choose('encode', { ...options, pictures }, () => import('./run.ts'));
  });
}
