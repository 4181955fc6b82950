import { TesseraError } from '../../../core/base/errors.ts';
import { candidatePath } from '../../io/paths.ts';
import { formatOf } from '../../io/writePicture.ts';
import { checkOutputs, makeTargetFolder } from './checkOutputs.ts';
import { parseTarget, pathFor } from './target.ts';

/** Where the results of one input go: a file for each candidate, and its tokens where they are to be kept. */
export interface Destination {
  readonly pictures: readonly string[]; // one per candidate
  readonly tokens: readonly string[] | null; // one per candidate
}

/** The parts of a command line that say where pictures go. */
export interface DestinationOptions {
  readonly out: string;
  readonly keepTokens?: string;
  readonly candidates: number;
  readonly force: boolean;
}

/**
 * Plans where the results of every input go, and finds out before any work whether they can be written.
 *
 * @param others files that are read beside the inputs, such as masks
 * @throws TesseraError 'usage' or 'output'
 */
export async function planPictures(
  inputs: readonly string[],
  options: DestinationOptions,
  others: readonly string[],
): Promise<readonly Destination[]> {
  const pictures = await planFiles('--out', options.out, inputs, '.png');
  const tokens =
    options.keepTokens === undefined
      ? null
      : await planFiles('--keep-tokens', options.keepTokens, inputs, '.json');
  pictures.forEach(formatOf);
  tokens?.forEach(checkTokenExtension);
  const plans = inputs.map((_, i) => ({
    pictures: numbered(pictures[i]!, options.candidates),
    tokens: tokens && numbered(tokens[i]!, options.candidates),
  }));
  await checkOutputs({
    inputs: [...inputs, ...others],
    outputs: plans.flatMap((plan) => [...plan.pictures, ...(plan.tokens ?? [])]),
    force: options.force,
  });
  return plans;
}

/** Where the pictures would go, for every input a file for each candidate; nothing is checked. */
export async function plannedPictures(
  inputs: readonly string[],
  { out, candidates }: Pick<DestinationOptions, 'out' | 'candidates'>,
): Promise<readonly (readonly string[])[]> {
  const files = await planFiles('--out', out, inputs, '.png');
  return files.map((file) => numbered(file, candidates));
}

/** The same for commands that write token files: for every input, a file for each candidate. */
export async function planTokens(
  inputs: readonly string[],
  { out, candidates, force }: DestinationOptions,
): Promise<readonly (readonly string[])[]> {
  const files = await planFiles('--out', out, inputs, '.json');
  files.forEach(checkTokenExtension);
  const outputs = files.map((file) => numbered(file, candidates));
  await checkOutputs({ inputs, outputs: outputs.flat(), force });
  return outputs;
}

async function planFiles(
  option: string,
  given: string,
  inputs: readonly string[],
  extension: string,
): Promise<readonly string[]> {
  const target = await parseTarget(option, given, inputs.length);
  await makeTargetFolder(target);
  return inputs.map((input) => pathFor(target, input, extension));
}

function checkTokenExtension(file: string): void {
  if (/\.(json|npy)$/i.test(file)) return;
  throw new TesseraError(
    'usage',
    `"${file}" is not the name of a token file.`,
    'Tokens are written as .json or .npy.',
  );
}

function numbered(file: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => candidatePath(file, i + 1, count));
}
