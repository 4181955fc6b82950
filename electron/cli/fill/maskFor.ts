import { stat } from 'node:fs/promises';
import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import { baseName, pathFor, type Target } from '../shared/target.ts';

/** Masks are found in a folder by the name of their picture; the lossless formats come first. */
const EXTENSIONS = ['.png', '.webp', '.tif', '.tiff', '.avif', '.jpg', '.jpeg'];

/**
 * Understands `--mask`: one mask for all, a path with `{name}`, or a folder.
 *
 * @throws TesseraError 'input' if it is one mask that is not there; said once, not for every picture
 */
export async function parseMaskTarget(given: string): Promise<Target> {
  if (given.includes('{name}')) return { kind: 'pattern', path: given };
  const found = await stat(given).catch(() => null);
  if (found) return { kind: found.isDirectory() ? 'folder' : 'file', path: given };
  throw new TesseraError('input', `There is no mask "${given}".`, 'Check the path for a typing error.');
}

/**
 * The mask of one picture.
 *
 * @throws TesseraError 'input' if the folder holds none of its name
 */
export async function maskFor(target: Target, picture: string): Promise<string> {
  if (target.kind !== 'folder') return pathFor(target, picture, '');
  for (const extension of EXTENSIONS) {
    const candidate = pathFor(target, picture, extension);
    if (await isFile(candidate)) return candidate;
  }
  throw new TesseraError(
    'input',
    `The folder "${target.path}" holds no mask for "${picture}".`,
    `Name it as the picture, such as ${path.join(target.path, `${baseName(picture)}.png`)}.`,
  );
}

async function isFile(where: string): Promise<boolean> {
  const found = await stat(where).catch(() => null);
  return found?.isFile() ?? false;
}
