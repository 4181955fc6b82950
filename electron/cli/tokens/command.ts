import { type Command, Option } from 'commander';
import { TesseraError } from '../../../core/base/errors.ts';
import { text, wholeNumber } from '../shared/values.ts';
import type { Choose } from '../shared/context.ts';
import { type Cells, parseCells, parseReplace, parseSet, type TokenEdit } from './cells.ts';
import { SAMPLING_OPTIONS, type SamplingFlags, withSampling } from '../shared/sampling.ts';
import { type PromptFlags, withPrompt } from '../shared/prompt.ts';
import { type ModelOptions, withModel, withVerbosity } from '../shared/options.ts';

export interface TokensOptions extends ModelOptions, SamplingFlags, PromptFlags {
  readonly file: string;
  readonly edits: readonly TokenEdit[]; // in the order of the command line
  readonly fill: boolean; // refill what is missing
  readonly suggest?: Cells; // for which codes are wanted
  readonly count: number; // of suggestions
  readonly likelihood: boolean; // measure what the model thinks of every token
  readonly out?: string; // absent: only show
  readonly force: boolean;
}

const MOST_SUGGESTIONS = 65_536; // more codes than any package has

const EXAMPLES = `
CELLS are ROW,COLUMN from the top left, a block such as 2-4,0-7, whole rows such as 2,all, or all.
Changes apply in the order they are given. A pin holds against --erase, --replace and --fill.
--fill keeps every token that is there; erase what is to be drawn anew.
--suggest and --likelihood look at the tokens after the changes. Of a block, --suggest gives the mean over its cells.
--likelihood writes probabilities and entropies: as JSON, or as an NPY array of 2 x rows x columns.

Examples:
  tessera tokens grid.json
  tessera tokens grid.json --replace 17=42 --pin 0-3,all --out edited.json
  tessera tokens grid.json --suggest 6,6 --count 5
  tessera tokens grid.json --likelihood --out likelihood.npy
  tessera tokens grid.json --erase 4-9,4-9 --set 6,6=311 --pin 6,6 --fill --out refilled.json`;

export function defineTokens(program: Command, choose: Choose): void {
  const edits: TokenEdit[] = [];
  const command = program
    .command('tokens')
    .summary('show, change, measure or refill a token file')
    .description(
      'Shows a token file, changes its tokens by hand, asks the model about them, or lets it draw the missing ones.',
    )
    .argument('<FILE>', 'a .json or .npy token file')
    .addHelpText('after', EXAMPLES);
  for (const [flags, description, parse] of EDITS) {
    const collect = (text: string): true => {
      edits.push(parse(text));
      return true;
    };
    command.addOption(new Option(flags, description).argParser(collect));
  }
  command
    .option('--fill', 'draw the erased tokens anew', false)
    .addOption(
      new Option('--suggest <CELLS>', 'print the likeliest codes of a cell or a block').argParser(
        (text: string) => parseCells('--suggest', text),
      ),
    )
    .addOption(
      new Option('--count <N>', 'how many codes --suggest prints')
        .argParser(wholeNumber('--count', 1, MOST_SUGGESTIONS))
        .default(16),
    )
    .option('--likelihood', 'measure the probability and entropy of every token', false)
    .option('-o, --out <FILE>', 'where to write the result, .json or .npy', text('--out'))
    .option('-f, --force', 'allow --out to replace FILE itself', false);
  withVerbosity(withModel(withSampling(withPrompt(command))));
  command.action((file: string, options: Omit<TokensOptions, 'file' | 'edits'>) => {
    checkTogether(command, options, edits.length > 0);
    if (!options.fill) refuseWithoutFill(command);
    choose('tokens', { ...options, file, edits }, () => import('./run.ts'));
  });
}

/** What belongs together, and what does not. */
function checkTogether(
  command: Command,
  { fill, suggest, likelihood, out }: Omit<TokensOptions, 'file' | 'edits'>,
  edited: boolean,
): void {
  const modes = [fill && '--fill', suggest && '--suggest', likelihood && '--likelihood'].filter(Boolean);
  if (modes.length > 1) {
    throw new TesseraError(
      'usage',
      `${modes.join(' and ')} cannot be done in one go.`,
      'Run them one by one.',
    );
  }
  if (suggest && out !== undefined) {
    throw new TesseraError('usage', '--suggest writes no file.', 'Leave out --out; --json prints all of it.');
  }
  if (!suggest && command.getOptionValueSource('count') === 'cli') {
    throw new TesseraError('usage', '--count only means something with --suggest.', 'Add --suggest CELLS.');
  }
  if (out === undefined && !suggest && !likelihood && (fill || edited)) {
    throw new TesseraError('usage', 'Nothing says where to write the changed tokens.', 'Give --out FILE.');
  }
}

/** How tokens are drawn says nothing where none are. */
function refuseWithoutFill(command: Command): void {
  const given = SAMPLING_OPTIONS.find((name) => command.getOptionValueSource(name) === 'cli');
  if (given === undefined) return;
  const flag = command.options.find((option) => option.attributeName() === given)!.long!;
  throw new TesseraError(
    'usage',
    `${flag} only means something with --fill.`,
    'Add --fill, or leave it out.',
  );
}

const cellsEdit = (kind: 'erase' | 'pin' | 'unpin') => (text: string) => ({
  kind,
  cells: parseCells(`--${kind}`, text),
});

const EDITS: readonly (readonly [string, string, (text: string) => TokenEdit])[] = [
  ['--set <CELLS=ID>', 'put a code into cells', parseSet],
  ['--replace <IDS=ID>', 'put a code wherever another one is, or one of several', parseReplace],
  ['--erase <CELLS>', 'take the tokens of cells away', cellsEdit('erase')],
  ['--pin <CELLS>', 'mark tokens to be kept', cellsEdit('pin')],
  ['--unpin <CELLS>', 'take pins away', cellsEdit('unpin')],
];
