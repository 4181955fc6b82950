import type { Command } from 'commander';
import type { Choose } from '../shared/context.ts';
import {
  type ModelOptions,
  type OutputOptions,
  withModel,
  withOutput,
  withQuality,
  withVerbosity,
} from '../shared/options.ts';

export interface DecodeOptions extends ModelOptions, OutputOptions {
  readonly files: readonly string[];
  readonly quality?: number;
}

export function defineDecode(program: Command, choose: Choose): void {
  const command = program
    .command('decode')
    .summary('turn token files into pictures')
    .description('Turns token files into pictures.')
    .argument('<TOKENS...>', 'token files, .json or .npy');
  withOutput(command, 'a .png, .jpg or .webp file, a folder, or a path with {name}');
  withVerbosity(withModel(withQuality(command)));
  command.action((files: string[], options: Omit<DecodeOptions, 'files'>) => {
    choose('decode', { ...options, files }, () => import('./run.ts'));
  });
}
