import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import { masksNamed } from '../../../core/pixels/masks/maskNames.ts';
import { PICTURE_EXTENSIONS } from '../../io/pictureNames.ts';
import { baseName, pathFor, type Target } from '../shared/target.ts';

/** Masks are found in a folder by the name of their picture; the lossless formats come first. */
const LOSSLESS = ['png', 'webp', 'tif', 'tiff', 'bmp', 'gif', 'psd'];
const EXTENSIONS = [...new Set([...LOSSLESS, ...PICTURE_EXTENSIONS])].map((extension) => `.${extension}`);

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
 * The mask of one picture. In a folder, a name that differs only in its case or in how its accents are stored counts
 * where there is one such name.
 *
 * @throws TesseraError 'input' if the folder holds none of its name, or several
 */
export async function maskFor(target: Target, picture: string): Promise<string> {
  if (target.kind !== 'folder') return pathFor(target, picture, '');
  const name = baseName(picture);
  const masks = (await filesIn(target.path)).filter((file) => EXTENSIONS.includes(extensionOf(file)));
  const isBeside = path.resolve(target.path) === path.resolve(path.dirname(picture));
  const others = isBeside ? masks.filter((file) => file !== path.basename(picture)) : masks;
  const found = [...masksNamed(picture, others)];
  const names = new Set(found.map((file) => baseName(file)));
  if (names.size > 1) throw ambiguous(target.path, picture, found);
  const [first] = found.sort((a, b) => rankOf(a) - rankOf(b));
  if (first !== undefined) return path.join(target.path, first);
  throw new TesseraError(
    'input',
    `The folder "${target.path}" holds no mask for "${picture}".`,
    `Name it as the picture, such as ${path.join(target.path, `${name}.png`)}.`,
  );
}

function rankOf(file: string): number {
  return EXTENSIONS.indexOf(extensionOf(file));
}

function extensionOf(file: string): string {
  return path.extname(file).toLowerCase();
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
}

function ambiguous(folder: string, picture: string, found: readonly string[]): TesseraError {
  return new TesseraError(
    'input',
    `The folder "${folder}" holds several masks for "${picture}": ${found.join(', ')}.`,
    'Name one of them exactly as the picture.',
  );
}
