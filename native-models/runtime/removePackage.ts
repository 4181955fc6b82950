import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { TesseraError } from '../../core/base/errors.ts';
import { nameWithVersion } from '../../core/model/packageName.ts';
import { isCalled, type ListedPackage, listPackages } from './findPackages.ts';
import { refusal } from './nodeErrors.ts';
import { inStaging } from './staging.ts';

/**
 * Removes an installed package, by its name, or by the name of its folder where it is broken. It is moved out of sight
 * first, so that it is there as a whole or not at all.
 *
 * @param user the folder of the packages of this user; nothing elsewhere is touched
 * @param others further folders of packages, for the sentence about one that comes with Tessera
 * @returns the bytes that it took, as its manifest has them
 * @throws TesseraError 'package' if there is no such package, 'usage' if several versions are meant, 'output' if it cannot be
 *   removed
 */
export async function removePackage(name: string, user: string, others: readonly string[]): Promise<number> {
  const found = await findOwn(name, user, others);
  try {
    await inStaging(user, 'removing', (aside) => rename(found.folder, join(aside, 'package')));
  } catch (cause) {
    throw new TesseraError(
      'output',
      `The package ${name} could not be removed, since ${refusal(cause)}.`,
      'Close what uses it, and check the permissions of its folder.',
      { cause },
    );
  }
  const files = Object.values(found.opened?.manifest.files ?? {});
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The package of this user that is meant: what is done to it cannot be undone, so a name has to leave no doubt. */
async function findOwn(name: string, user: string, others: readonly string[]): Promise<ListedPackage> {
  const listed = await listPackages([user]);
  const versions = listed.flatMap(({ manifest }) =>
    manifest?.id === name ? [nameWithVersion(manifest)] : [],
  );
  if (versions.length > 1) {
    throw new TesseraError(
      'usage',
      `Several versions of the package ${name} are installed.`,
      `Name one of them: ${versions.join(', ')}.`,
    );
  }
  const found = listed.find((each) => isCalled(each, name) && each.folder !== user);
  if (found) return found;
  const embedded = (await listPackages(others)).some((each) => isCalled(each, name));
  throw embedded
    ? new TesseraError('package', `The package ${name} comes with Tessera and cannot be removed.`)
    : new TesseraError(
        'package',
        `There is no package called "${name}" to remove.`,
        'See "tessera packages".',
      );
}
