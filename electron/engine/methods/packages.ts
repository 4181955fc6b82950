import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import type { GrantId } from '../../../core/contract/engineApi.ts';
import type { PackageApi, PackageInfo } from '../../../core/contract/packageApi.ts';
import { installPackage } from '../../../native-models/runtime/installPackage.ts';
import { removePackage } from '../../../native-models/runtime/removePackage.ts';
import type { Handlers } from '../handler.ts';
import type { Host } from '../host.ts';
import type { ServerMethod } from './servers.ts';
import type { PackageStore } from '../packages/packageStore.ts';
import { importFiles } from '../packages/importFiles.ts';
import { recogniseFiles } from '../packages/recogniseFiles.ts';

/** Listing, loading, adding and removing packages. Additions and removals are this user's. */
export function packageMethods(
  host: Pick<Host, 'pathOf' | 'packageFolders'>,
  packages: PackageStore,
): Omit<Pick<Handlers, keyof PackageApi>, ServerMethod> {
  const pathOf = (file: GrantId): Promise<string> => host.pathOf(file, 'read', 'model');

  async function infoOf(id: string): Promise<PackageInfo> {
    const found = (await packages.list()).find(({ ref }) => ref === id);
    if (found) return found;
    throw new TesseraError('package', `The package ${id} is not there any more.`, 'Add it again.');
  }

  function userFolder(): string {
    const [folder] = host.packageFolders();
    if (folder !== undefined) return folder;
    throw new TesseraError('internal', 'The engine was not told where packages are.');
  }

  return {
    'package.list': () => packages.list(),
    'package.load': ({ ref }, { signal }) => packages.load(ref, signal),
    'package.recognise': async ({ files }, { signal }) =>
      recogniseFiles(await Promise.all(files.map(pathOf)), signal),
    'package.install': async ({ file }, { signal }) => {
      const installed = await installPackage(await pathOf(file), userFolder(), { signal });
      await packages.forget(installed.manifest.id);
      return infoOf(installed.manifest.id);
    },
    'package.import': async ({ files, ...said }, { signal, progress }) => {
      const paths = await Promise.all(files.map(pathOf));
      const imported = await importFiles(paths, said, userFolder(), signal, progress);
      await packages.forget(imported);
      return infoOf(imported);
    },
    'package.readPrompt': ({ ref, words }, { signal }) =>
      packages.use(ref, signal, async ({ id, conditioner }) => {
        if (conditioner) return conditioner.read(words);
        throw new TesseraError('usage', `The package ${id} takes no prompt.`);
      }),
    'package.remove': async ({ id }) => {
      // Files that are in use cannot be removed on Windows.
      const user = userFolder();
      if ((await infoOf(id)).own) await packages.forget(id);
      await removePackage(
        id,
        user,
        host
          .packageFolders()
          .slice(1)
          .map((folder) => path.resolve(folder)),
      );
      return null;
    },
  };
}
