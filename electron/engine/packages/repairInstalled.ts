import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import { isCalled, listPackages } from '../../../native-models/runtime/findPackages.ts';
import { type Repaired, repairPackage } from '../../../native-models/runtime/repairPackage.ts';

/**
 * Repairs a package of this user, from what a person gives or else from another copy that is installed, such as the one that
 * comes with Tessera.
 *
 * @param name of the package, or of its folder where it is broken
 * @param folders where packages lie, this user's first
 * @throws TesseraError 'package' if there is no such package, and as repairPackage does
 */
export async function repairInstalled(
  name: string,
  folders: readonly string[],
  { from, signal }: { readonly from: string | null; readonly signal: AbortSignal },
): Promise<Repaired> {
  const listed = await listPackages(folders);
  const called = listed.filter((each) => isCalled(each, name));
  const found = called.find(({ problem }) => problem) ?? called[0];
  if (!found) {
    throw new TesseraError('package', `There is no package called "${name}".`, 'See "tessera packages".');
  }
  if (path.resolve(path.dirname(found.folder)) !== path.resolve(folders[0]!)) {
    throw new TesseraError(
      'package',
      `The package ${name} comes with Tessera and is not repaired.`,
      'Install Tessera again.',
    );
  }
  const others = listed.map(({ folder }) => folder).filter((folder) => folder !== found.folder);
  return repairPackage(found.folder, from === null ? others : [from], signal);
}
