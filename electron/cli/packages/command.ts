import type { Command } from 'commander';
import { USUAL_GUIDANCE } from '../../../core/model/importing.ts';
import type { Choose } from '../shared/context.ts';
import type { Verbosity } from '../shared/reporter.ts';
import { decimal, text, wholeNumber } from '../shared/values.ts';
import { withVerbosity } from '../shared/options.ts';

export interface PackagesOptions extends Verbosity {
  readonly action: PackagesAction;
  readonly install?: string; // a .tspkg file
  readonly inspect?: string; // a checkpoint file
  readonly replace: boolean; // another build of the same version
}

/** What is to be done, and with what. */
export type PackagesAction =
  | { readonly kind: 'list' }
  | { readonly kind: 'show'; readonly id: string }
  | { readonly kind: 'verify'; readonly id?: string }
  | { readonly kind: 'remove'; readonly id: string }
  | { readonly kind: 'repair'; readonly id?: string; readonly from?: string }
  | { readonly kind: 'export'; readonly id: string; readonly file?: string }
  | { readonly kind: 'move'; readonly folder: string }
  | { readonly kind: 'needs'; readonly projects: readonly string[] }
  | { readonly kind: 'export-triton'; readonly folder: string; readonly id?: string }
  | { readonly kind: 'recognise'; readonly files: readonly string[] }
  | { readonly kind: 'measure'; readonly id: string; readonly files: readonly string[] }
  | { readonly kind: 'import'; readonly files: readonly string[]; readonly choices: ImportFlags };

/** What a person says about the package that checkpoints become. */
export interface ImportFlags {
  readonly id?: string;
  readonly name?: string;
  readonly license?: string;
  readonly half: boolean;
  readonly int8: boolean;
  readonly heads?: number;
  readonly class?: number;
  readonly guidance: number;
  readonly measure?: boolean; // what a lower precision costs; left out for what is usual
}

export function definePackages(program: Command, choose: Choose): void {
  const command = program
    .command('packages')
    .summary('list, check, repair, add, export, move or remove model packages')
    .description(
      'Lists the model packages that Tessera finds, broken ones with their problem, and looks after them. ' +
        'Several versions of one package may be installed: "tiny" is the newest, "tiny:1.0.0" is that one.',
    )
    .option('--install <FILE>', 'install a .tspkg file for this user', text('--install'))
    .option(
      '--inspect <FILE>',
      'list the tensors of a PyTorch or safetensors checkpoint; nothing in it is run',
      text('--inspect'),
    )
    .option('--replace', 'let --install or import replace another build of the same version', false)
    .helpCommand(false)
    .addHelpText(
      'after',
      "\nTESSERA_PACKAGES names the folder of the user's packages where neither the usual one nor that of " +
        '"tessera packages move" is meant.',
    );
  // The options above are understood before and after these words.
  type Given = Omit<PackagesOptions, 'action'>;
  const act = (action: PackagesAction): void => {
    choose('packages', { ...command.opts<Given>(), action }, () => import('./run.ts'));
  };
  command
    .command('list')
    .description('list the packages, as without a word')
    .action(() => {
      act({ kind: 'list' });
    });
  command
    .command('show')
    .description('tell all that there is to know about a package')
    .argument('<ID>', 'id of a package')
    .action((id: string) => {
      act({ kind: 'show', id });
    });
  command
    .command('verify')
    .description('compare every file with its SHA-256')
    .argument('[ID]', 'id of a package (default: all of them)')
    .action((id?: string) => {
      act({ kind: 'verify', ...(id !== undefined && { id }) });
    });
  command
    .command('repair')
    .description('restore what is damaged or missing from another copy of the same package')
    .argument('[ID]', 'id of a package, or the folder name of a broken one (default: all of this user)')
    .option(
      '--from <PATH>',
      'a .tspkg file or a folder with the same package (default: one that is installed)',
      text('--from'),
    )
    .action((id: string | undefined, { from }: { from?: string }) => {
      act({ kind: 'repair', ...(id !== undefined && { id }), ...(from !== undefined && { from }) });
    });
  command
    .command('export')
    .description('write a package as one .tspkg file, which installs as the same package')
    .argument('<ID>', 'id of a package')
    .argument('[FILE]', 'file to write, or a folder for it (default: ID-VERSION.tspkg)')
    .action((id: string, file?: string) => {
      act({ kind: 'export', id, ...(file !== undefined && { file }) });
    });
  command
    .command('needs')
    .description('tell which packages the tokens of projects belong to, and which of them are here')
    .argument('<PROJECTS...>', '.tessera files')
    .action((projects: string[]) => {
      act({ kind: 'needs', projects });
    });
  command
    .command('move')
    .description("move the folder of this user's packages, also to another disk; the window follows")
    .argument('<FOLDER>', 'where they live from now on: a new or an empty folder')
    .action((folder: string) => {
      act({ kind: 'move', folder });
    });
  command
    .command('remove')
    .description('remove a package of this user')
    .argument('<ID>', 'id of a package, or the folder name of a broken one')
    .action((id: string) => {
      act({ kind: 'remove', id });
    });
  command
    .command('export-triton')
    .description('write a package as a model repository that Triton and KServe serve')
    .argument('<DIR>', 'folder of the repository; models of the same name in it are replaced')
    .argument('[ID]', 'id of a package (default: tessera-base)')
    .action((folder: string, id?: string) => {
      act({ kind: 'export-triton', folder, ...(id !== undefined && { id }) });
    });
  command
    .command('recognise')
    .description('tell what published checkpoints are and what is missing; nothing in them is run')
    .argument('<FILES...>', 'files or folders')
    .action((files: string[]) => {
      act({ kind: 'recognise', files });
    });
  command
    .command('import')
    .description('make a package of published checkpoints: a tokenizer, or a tokenizer and its denoiser')
    .argument('<FILES...>', 'all files of one model, or their folder')
    .option('--id <ID>', 'id of the package (default: from what it is)', text('--id'))
    .option('--name <NAME>', 'what people call it', text('--name'))
    .option('--license <TEXT>', 'licence of its weights (default: as far as known)', text('--license'))
    .option('--half', 'keep weights as float16: half the size', false)
    .option(
      '--int8',
      'also compute the denoiser with 8-bit integers: smaller and faster, a little less exact',
      false,
    )
    .option(
      '--measure',
      'measure what --half or --int8 cost, also of a model of more than 500 million numbers',
    )
    .option('--no-measure', 'do not measure it')
    .option(
      '--heads <N>',
      "heads of the denoiser's attention, if it has an unusual number",
      wholeNumber('--heads', 1, 256),
    )
    .option(
      '--class <N>',
      'one class alone, of a denoiser that knows classes (default: all, and the prompt names one)',
      wholeNumber('--class', 0, 1_000_000),
    )
    .option('--guidance <W>', 'how much the class counts', decimal('--guidance', 0, 20), USUAL_GUIDANCE)
    .action((files: string[], choices: ImportFlags) => {
      act({ kind: 'import', files, choices });
    });
  command
    .command('measure')
    .description(
      'measure what the precision of an imported package costs in dB and bits per token, on sample pictures',
    )
    .argument('<ID>', 'id of a package that was imported with --half or --int8')
    .argument('<FILES...>', 'the files that it was made of')
    .action((id: string, files: string[]) => {
      act({ kind: 'measure', id, files });
    });
  withVerbosity(command).action(() => {
    act({ kind: 'list' });
  });
}
