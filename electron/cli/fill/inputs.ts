import { access, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import { isMaskName } from '../../../core/pixels/masks/maskNames.ts';
import { PICTURE_EXTENSIONS, PICTURE_FORMATS } from '../../io/pictureNames.ts';
import { type DestinationOptions, plannedPictures } from '../shared/plan.ts';

const PICTURES: ReadonlySet<string> = new Set(PICTURE_EXTENSIONS.map((extension) => `.${extension}`));

/**
 * The pictures that are named, with those in the folders that are named, in the order of their names; masks that lie beside
 * them are left out.
 *
 * @throws TesseraError 'input' for a folder without pictures
 */
export async function picturesIn(named: readonly string[]): Promise<readonly string[]> {
  const lists = await Promise.all(named.map(picturesAt));
  return lists.flat();
}

async function picturesAt(where: string): Promise<readonly string[]> {
  const found = await stat(where).catch(() => null);
  if (!found?.isDirectory()) return [where];
  const entries = await readdir(where, { withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory() && PICTURES.has(path.extname(entry.name).toLowerCase()))
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const pictures = files.filter((file) => !isMaskName(file, files));
  if (pictures.length === 0) {
    throw new TesseraError(
      'input',
      `The folder "${where}" holds no pictures.`,
      `Name a folder of ${PICTURE_FORMATS} files.`,
    );
  }
  return pictures.map((file) => path.join(where, file));
}

/** Those of which a result is still missing. */
export async function withoutResults(
  pictures: readonly string[],
  options: DestinationOptions,
): Promise<readonly string[]> {
  const planned = await plannedPictures(pictures, options);
  const missing = await Promise.all(planned.map(async (files) => !(await allExist(files))));
  return pictures.filter((_, index) => missing[index]);
}

async function allExist(files: readonly string[]): Promise<boolean> {
  const found = await Promise.allSettled(files.map((file) => access(file)));
  return found.every(({ status }) => status === 'fulfilled');
}
