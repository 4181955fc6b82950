import { type Command, Option } from 'commander';
import { TesseraError } from '../../../core/base/errors.ts';
import { promptTaken } from '../../../core/model/manifest.ts';
import type { Prompt } from '../../../core/sampling/request.ts';
import { LIMITS } from '../../../core/sampling/validate.ts';
import type { LoadedPackage } from '../../../native-models/runtime/loadPackage.ts';
import type { Context } from './context.ts';
import { decimal, text } from './values.ts';

/** What leads the model, as the command line says it. */
export interface PromptFlags {
  readonly prompt?: string;
  readonly negative?: string;
  readonly guidance?: number;
}

/** Adds the options of packages that are led by words. */
export function withPrompt(command: Command): Command {
  return command
    .optionsGroup('With a package that takes a prompt:')
    .option('--prompt <WORDS>', 'what it is to show', text('--prompt'))
    .option('--negative <WORDS>', 'what it is to keep away from', text('--negative'))
    .addOption(
      new Option(
        '--guidance <G>',
        'how far the prompt leads: 1 as the model has it (default: what suits the package)',
      ).argParser(decimal('--guidance', 0, LIMITS.guidance)),
    )
    .optionsGroup('Options:');
}

/**
 * The prompt of a command for a package; null for none. Says what of the words the model cannot take in.
 *
 * @throws TesseraError 'usage' for a package that takes none, a name that it does not know, or a guidance without words
 */
export async function promptFrom(
  { reporter }: Pick<Context, 'reporter'>,
  { prompt: words = '', negative = '', guidance }: PromptFlags,
  { id, manifest, conditioner }: Pick<LoadedPackage, 'id' | 'manifest' | 'conditioner'>,
): Promise<Prompt | null> {
  const asked = words.trim() !== '' || negative.trim() !== '';
  if (!asked && guidance === undefined) return null;
  const taken = promptTaken(manifest);
  if (!taken || !conditioner) {
    throw new TesseraError(
      'usage',
      `The package ${id} takes no prompt.`,
      'Leave --prompt, --negative and --guidance out, or choose another package with --package.',
    );
  }
  if (!asked) {
    throw new TesseraError('usage', '--guidance only means something with --prompt.', 'Add --prompt WORDS.');
  }
  for (const [option, given] of [
    ['--prompt', words],
    ['--negative', negative],
  ] as const) {
    if (given.length > LIMITS.prompt) {
      throw new TesseraError('usage', `${option} may have ${LIMITS.prompt} characters.`, 'Shorten it.');
    }
    const { cut, most, unknown = [] } = await conditioner.read(given);
    if (taken.names || taken.words) await conditioner.condition(given); // what is unknown is said before anything is read
    for (const { word, near } of unknown) {
      reporter.note(
        `${option}: the model knows no "${word}", so it is left out. Near it are: ${near.join(', ')}.`,
      );
    }
    const unit = taken.words ? 'words' : 'tokens';
    if (cut !== '') reporter.note(`${option} is longer than ${most} ${unit}, so this is left out: ${cut}`);
  }
  return { text: words.trim(), negative: negative.trim(), guidance: guidance ?? taken.guidance };
}
