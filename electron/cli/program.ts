import { Command, CommanderError, Help, type Option } from 'commander';
import { TesseraError } from '../../core/base/errors.ts';
import { defineDecode } from './decode/command.ts';
import { defineDemo } from './demo/command.ts';
import { defineEncode } from './encode/command.ts';
import { defineFill } from './fill/command.ts';
import { defineGenerate } from './generate/command.ts';
import { defineInfo } from './info/command.ts';
import { defineOutpaint } from './outpaint/command.ts';
import { definePackages } from './packages/command.ts';
import { defineTokens } from './tokens/command.ts';
import type { Choice, Choose } from './shared/context.ts';

/** A command to run, or a text that was asked for, such as the help. */
export type ParsedLine =
  { readonly kind: 'choice'; readonly choice: Choice } | { readonly kind: 'text'; readonly text: string };

const DEFINITIONS = [
  defineFill,
  defineOutpaint,
  defineGenerate,
  defineEncode,
  defineDecode,
  defineTokens,
  definePackages,
  defineInfo,
  defineDemo,
];

const SEE_HELP = 'See "tessera help" for what there is.';

const EPILOGUE = `
Exit codes: 0 done, 1 something failed, 2 the command line is wrong, 130 stopped by Ctrl+C.
Every command takes --json, which prints one JSON object on stdout, and --quiet.
"tessera help COMMAND" tells what a command does and takes.`;

/**
 * Understands a command line; loads and runs nothing.
 *
 * @param columns characters per line of the help
 * @throws TesseraError 'usage'
 */
export function parseCommandLine(args: readonly string[], version: string, columns: number): ParsedLine {
  let text = '';
  const choices: Choice[] = [];
  const choose: Choose = (command, options, load) => {
    choices.push({ command, options, run: async (context) => (await load()).run(context, options) });
  };
  const program = createProgram(version, columns, (part) => (text += part));
  for (const define of DEFINITIONS) define(program, choose);
  try {
    program.parse(args.length === 0 ? ['--help'] : args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageError(error, program, args);
  }
  const [choice] = choices;
  return choice ? { kind: 'choice', choice } : { kind: 'text', text };
}

function createProgram(version: string, columns: number, write: (text: string) => void): Command {
  return new Command('tessera')
    .description('Refills, extends and repaints pictures through the tokens of a VQGAN.')
    .usage('COMMAND [OPTIONS]')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [COMMAND]', 'print the help of a command')
    .addHelpText('after', EPILOGUE)
    .configureHelp({ optionDescription: describeOption })
    .configureOutput({
      writeOut: write,
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(Math.max(columns, 60), 110),
    })
    .exitOverride();
}

/** As commander has it, but without "(default: false)" behind every switch. */
function describeOption(option: Option): string {
  return option.isBoolean() ? option.description : new Help().optionDescription(option);
}

/** Commander's "error: unknown option '--sed'\n(Did you mean --seed?)" as one of our errors. */
function usageError(error: CommanderError, program: Command, args: readonly string[]): TesseraError {
  // `tessera help NAME` with an unknown name shows the help as an error, without a message of its own.
  if (error.code === 'commander.help') {
    return new TesseraError('usage', `There is no command "${args[1] ?? ''}".`, SEE_HELP);
  }
  const [what = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const suggestion = rest.join(' ').replace(/^\((.*)\)$/, '$1');
  const known = program.commands.some((command) => command.name() === args[0]);
  const hint = known ? `See "tessera help ${args[0] ?? ''}".` : SEE_HELP;
  const sentence = what.charAt(0).toUpperCase() + what.slice(1);
  return new TesseraError('usage', `${sentence.replace(/\.$/, '')}.`, suggestion === '' ? hint : suggestion);
}
