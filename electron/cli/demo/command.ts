import type { Command } from 'commander';
import type { Choose } from '../shared/context.ts';
import { type ModelOptions, withModel, withVerbosity } from '../shared/options.ts';

export type DemoOptions = ModelOptions;

export function defineDemo(program: Command, choose: Choose): void {
  const command = program
    .command('demo')
    .summary('fill a sample photograph')
    .description(
      'Fills a sample photograph and writes out/demo.png: original, mask and result side by side.',
    );
  withVerbosity(withModel(command)).action((options: DemoOptions) => {
    choose('demo', options, () => import('./run.ts'));
  });
}
