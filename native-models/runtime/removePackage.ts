import { mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { TesseraError } from '../../core/base/errors.ts';
import { listPackages } from './findPackages.ts';
import { refusal } from './nodeErrors.ts';

/**
 * Removes an installed package, by its id, or by the name of its folder where it is broken. It is moved out of sight
 * first, so that it is there as a whole or not at all.
 *
 * @param user the folder of the packages of this user; nothing elsewhere is touched
 * @param others further folders of packages, for the sentence about one that comes with Tessera
 * @returns the bytes that it took, as its manifest has them
 * @throws TesseraError 'package' if there is no such package, 'output' if it cannot be removed
 */
export async function removePackage(id: string, user: string, others: readonly string[]): Promise<number> {
  const found = (await listPackages([user])).find(({ folder, opened }) =>
    opened ? opened.manifest.id === id : basename(folder) === id && dirname(folder) === user,
  );
  if (!found) throw await whyNot(id, others);
  try {
    const aside = await mkdtemp(join(user, '.removing-'));
    await rename(found.folder, join(aside, 'package'));
    await rm(aside, { recursive: true, force: true });
  } catch (cause) {
    throw new TesseraError(
      'output',
      `The package ${id} could not be removed, since ${refusal(cause)}.`,
      'Close what uses it, and check the permissions of its folder.',
      { cause },
    );
  }
  const files = Object.values(found.opened?.manifest.files ?? {});
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

async function whyNot(id: string, others: readonly string[]): Promise<TesseraError> {
  const embedded = (await listPackages(others)).some(({ opened }) => opened?.manifest.id === id);
  return embedded
    ? new TesseraError('package', `The package ${id} comes with Tessera and cannot be removed.`)
    : new TesseraError('package', `There is no package called "${id}" to remove.`, 'See "tessera packages".');
}
