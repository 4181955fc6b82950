import { stat } from 'node:fs/promises';
import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';

/** Where the results of several inputs go: one file, a path that holds `{name}`, or a folder. */
export type Target =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'pattern'; readonly path: string }
  | { readonly kind: 'folder'; readonly path: string };

const NAME = '{name}';

/**
 * Understands an option such as `--out`.
 *
 * @throws TesseraError 'usage' where one file is named for several inputs
 */
export async function parseTarget(option: string, given: string, inputs: number): Promise<Target> {
  if (given.includes(NAME)) return { kind: 'pattern', path: given };
  if (await looksLikeFolder(given, inputs)) return { kind: 'folder', path: given };
  if (inputs === 1) return { kind: 'file', path: given };
  throw new TesseraError(
    'usage',
    `${option} names one file, "${given}", for ${inputs} inputs.`,
    `Give a folder, or a path that holds ${NAME}.`,
  );
}

/** As with cp: a folder that exists, or a path that says it is one. Else a name with an extension is meant as a file. */
async function looksLikeFolder(given: string, inputs: number): Promise<boolean> {
  if (/[\\/]$/.test(given) || (await isFolder(given))) return true;
  return inputs > 1 && path.extname(given) === '';
}

async function isFolder(where: string): Promise<boolean> {
  const found = await stat(where).catch(() => null);
  return found?.isDirectory() ?? false;
}

/**
 * The path for one input.
 *
 * @param extension of files in a folder, with its dot
 */
export function pathFor(target: Target, input: string, extension: string): string {
  const name = baseName(input);
  switch (target.kind) {
    case 'file':
      return target.path;
    case 'pattern':
      return target.path.replaceAll(NAME, () => name); // a name is no pattern: $& in it is just that
    case 'folder':
      return path.join(target.path, name + extension);
  }
}

/** `photos/cat.jpg` -> `cat`. */
export function baseName(file: string): string {
  return path.basename(file, path.extname(file));
}

/** `out.png` -> `out-2.png`. */
export function withSuffix(file: string, suffix: string): string {
  const extension = path.extname(file);
  return file.slice(0, file.length - extension.length) + suffix + extension;
}
