import type { Command } from 'commander';
import type { Choose } from '../shared/context.ts';
import type { Verbosity } from '../shared/reporter.ts';
import { withVerbosity } from '../shared/options.ts';

export interface InfoOptions extends Verbosity {
  readonly subject?: string; // a picture, a token file, a package; absent: Tessera itself
}

export function defineInfo(program: Command, choose: Choose): void {
  const command = program
    .command('info')
    .summary('tell about Tessera, a picture, tokens or a package')
    .description('Tells about Tessera itself, a picture and what was done to it, a token file, or a package.')
    .argument('[PICTURE|TOKENS|PACKAGE]', 'a file, a folder or the id of a package');
  withVerbosity(command).action((subject: string | undefined, options: Omit<InfoOptions, 'subject'>) => {
    choose<InfoOptions>(
      'info',
      { ...options, ...(subject !== undefined && { subject }) },
      () => import('./run.ts'),
    );
  });
}
