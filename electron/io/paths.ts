import { realpath } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { TesseraError } from '../../core/base/errors.ts';
import { quoted } from './files/readBytes.ts';

/** Where candidate `number` (from 1) of `count` goes: result.png, or result-1.png, result-2.png ... */
export function candidatePath(path: string, number: number, count: number): string {
  if (count === 1) return path;
  const extension = extname(path);
  const digits = String(number).padStart(String(count).length, '0'); // so that listings sort
  return join(dirname(path), `${basename(path, extension)}-${digits}${extension}`);
}

/**
 * @throws TesseraError 'usage' when `output` is one of the `inputs`, also through a link: a fill must not destroy
 * the picture it came from
 */
export async function refuseOverwrite(output: string, inputs: readonly string[]): Promise<void> {
  const target = await canonical(output);
  for (const input of inputs) {
    if ((await canonical(input)) !== target) continue;
    throw new TesseraError(
      'usage',
      `Writing ${quoted(output)} would overwrite the input.`,
      'Name another output file.',
    );
  }
}

async function canonical(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path)); // what does not exist yet is its own name
}
