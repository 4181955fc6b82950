import type { Command } from 'commander';
import type { Choose } from '../shared/context.ts';
import type { Verbosity } from '../shared/reporter.ts';
import { text } from '../shared/values.ts';
import { withVerbosity } from '../shared/options.ts';

export interface PackagesOptions extends Verbosity {
  readonly install?: string; // a .tspkg file
  readonly inspect?: string; // a checkpoint file
  readonly replace: boolean; // another build of the same package
}

export function definePackages(program: Command, choose: Choose): void {
  const command = program
    .command('packages')
    .summary('list or install model packages')
    .description(
      'Lists the model packages that Tessera finds, broken ones with their problem, or installs one.',
    )
    .option('--install <FILE>', 'install a .tspkg file for this user', text('--install'))
    .option(
      '--inspect <FILE>',
      'list the tensors of a PyTorch or safetensors checkpoint; nothing in it is run',
      text('--inspect'),
    )
    .option('--replace', 'let --install replace another build of the same package', false)
    .addHelpText(
      'after',
      "\nTESSERA_PACKAGES names the folder of the user's packages, if it should be another one.",
    );
  withVerbosity(command).action((options: PackagesOptions) => {
    choose('packages', options, () => import('./run.ts'));
  });
}
