import { access, constants, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import { refuseOverwrite } from '../../io/paths.ts';
import type { Target } from './target.ts';

/** What a command reads and is going to write. */
export interface Plan {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly force: boolean; // whether an output may replace an input
}

/**
 * Finds out before any work whether the outputs can be written: a minute of sampling should not end in a typing error.
 *
 * @throws TesseraError 'usage' where outputs meet each other or an input, 'output' where a folder cannot be written
 */
export async function checkOutputs({ inputs, outputs, force }: Plan): Promise<void> {
  refuseDoubles(outputs);
  for (const output of outputs) {
    await checkPlace(output);
    if (!force) await keepInputs(output, inputs);
  }
}

/** Makes the folder that `--out` names; the folder of a single file must be there, as elsewhere. */
export async function makeTargetFolder(target: Target): Promise<void> {
  if (target.kind !== 'folder') return;
  try {
    await mkdir(target.path, { recursive: true });
  } catch (cause) {
    throw new TesseraError(
      'output',
      `The folder "${target.path}" cannot be made.`,
      'Choose another folder.',
      { cause },
    );
  }
}

function refuseDoubles(outputs: readonly string[]): void {
  const seen = new Set<string>();
  for (const output of outputs) {
    const key = path.resolve(output);
    if (seen.has(key)) {
      throw new TesseraError(
        'usage',
        `Two results would be written to "${output}".`,
        'Give inputs with different names, or run them one by one.',
      );
    }
    seen.add(key);
  }
}

async function checkPlace(output: string): Promise<void> {
  const folder = path.dirname(output);
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory()) {
    throw new TesseraError('output', `There is no folder "${folder}" to write to.`, 'Make it first.');
  }
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new TesseraError(
      'output',
      `The folder "${folder}" may not be written.`,
      'Choose another folder, or change its permissions.',
      { cause },
    );
  });
  const there = await stat(output).catch(() => null);
  if (!there || there.isFile()) return;
  const what = there.isDirectory() ? 'a folder' : 'not an ordinary file';
  throw new TesseraError('output', `"${output}" is ${what}.`, 'Name a file to write.');
}

async function keepInputs(output: string, inputs: readonly string[]): Promise<void> {
  try {
    await refuseOverwrite(output, inputs);
  } catch (error) {
    if (!(error instanceof TesseraError)) throw error;
    throw new TesseraError(error.code, error.message, 'Name another file, or give --force to replace it.');
  }
}
