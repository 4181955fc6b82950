import { throwIfAborted } from '../../../core/base/abort.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import type { GrantId } from '../../../core/contract/engineApi.ts';
import type { NeededPackage, PackageApi, PackageInfo } from '../../../core/contract/packageApi.ts';
import { idInName } from '../../../core/model/packageName.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import { measureCost } from '../../../native-models/importers/cost/measureCost.ts';
import { recognise } from '../../../native-models/importers/recognise/recognise.ts';
import { findInstalled, listPackages } from '../../../native-models/runtime/findPackages.ts';
import { installPackage } from '../../../native-models/runtime/installPackage.ts';
import {
  checkHashes,
  openPackageFolder,
  type PackageFolder,
} from '../../../native-models/runtime/packageFolder.ts';
import { removePackage } from '../../../native-models/runtime/removePackage.ts';
import type { Codec } from '../codec/codec.ts';
import { readWhole } from '../codec/readWhole.ts';
import type { Handlers } from '../handler.ts';
import type { Host } from '../host.ts';
import type { ServerMethod } from './servers.ts';
import type { PackageStore } from '../packages/packageStore.ts';
import { freeSpace } from '../../io/files/freeSpace.ts';
import { userPackages } from '../../io/packageFolders.ts';
import { packagesNeeded } from '../../io/projects/packagesNeeded.ts';
import { exportPackage } from '../packages/exportPackage.ts';
import { importFiles } from '../packages/importFiles.ts';
import { movePackages } from '../packages/movePackages.ts';
import { repairInstalled } from '../packages/repairInstalled.ts';
import { recogniseFiles } from '../packages/recogniseFiles.ts';

/** Listing, loading, adding, looking after and removing packages. All changes are to this user's. */
export function packageMethods(
  host: Pick<Host, 'pathOf' | 'packageFolders' | 'packagesMoved'>,
  packages: PackageStore,
  codec: Codec,
): Omit<Pick<Handlers, keyof PackageApi>, ServerMethod> {
  const pathOf = (file: GrantId): Promise<string> => host.pathOf(file, 'read', 'model');

  async function infoOf({ manifest: { id }, sha256 }: PackageFolder): Promise<PackageInfo> {
    const here = (await packages.list()).filter(({ server }) => server === null);
    const found = here.find((info) => info.sha256 === sha256);
    if (found) return found;
    throw new TesseraError('package', `The package ${id} is not there any more.`, 'Add it again.');
  }

  /** Files that are in use cannot be changed on Windows. */
  async function freed<T>(ref: string, work: () => Promise<T>): Promise<T> {
    await packages.forgetHere(idInName(ref));
    return work();
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
      await packages.forgetHere(installed.manifest.id);
      return infoOf(installed);
    },
    'package.import': async ({ files, ...said }, { signal, progress }) => {
      const paths = await Promise.all(files.map(pathOf));
      const imported = await importFiles(paths, said, userFolder(), signal, progress);
      await packages.forgetHere(imported.manifest.id);
      return infoOf(imported);
    },
    'package.measure': async ({ ref, files, samples }, { signal, progress }) => {
      const opened = await openPackageFolder(await findInstalled(ref, host.packageFolders()));
      const recognised = await recognise(await Promise.all(files.map(pathOf)), signal);
      const pictures: Picture[] = [];
      for (const sample of samples) {
        pictures.push(await readWhole(codec, await host.pathOf(sample, 'read', 'picture'), signal));
      }
      const onProgress = (done: number): void => {
        progress({ done });
      };
      await measureCost(recognised, opened, pictures, { signal, onProgress });
      return infoOf(opened);
    },
    'package.readPrompt': ({ ref, words }, { signal }) =>
      packages.use(ref, signal, async ({ id, conditioner }) => {
        if (conditioner) return conditioner.read(words);
        throw new TesseraError('usage', `The package ${id} takes no prompt.`);
      }),
    'package.remove': async ({ ref }) => {
      await freed(ref, () => removePackage(ref, userFolder(), host.packageFolders().slice(1)));
      return null;
    },
    'package.verify': async ({ ref }, { signal }) => {
      const folder = await findInstalled(ref, host.packageFolders());
      await checkHashes(await openPackageFolder(folder), signal);
      return null;
    },
    'package.broken': async () => {
      const listed = await listPackages([userFolder()]);
      return listed.flatMap(({ name, problem }) =>
        problem ? [{ ref: name, message: problem.message }] : [],
      );
    },
    'package.repair': async ({ ref, from }, { signal }) => {
      const copy = from === null ? null : await pathOf(from);
      const { restored } = await freed(ref, () =>
        repairInstalled(ref, host.packageFolders(), { from: copy, signal }),
      );
      return [...restored];
    },
    'package.export': async ({ ref, file }, { signal, progress }) => {
      const folder = await findInstalled(ref, host.packageFolders());
      const onProgress = (done: number): void => {
        progress({ done });
      };
      await exportPackage(folder, await host.pathOf(file, 'write', 'model'), { signal, onProgress });
      return null;
    },
    'package.needs': async ({ projects }, { signal }) => {
      const paths = await Promise.all(projects.map((each) => host.pathOf(each, 'read', 'project')));
      const needed: (NeededPackage[] | null)[] = [];
      for (const each of paths) {
        const found = await packagesNeeded(each, signal).catch(() => null);
        throwIfAborted(signal);
        needed.push(found && [...found]);
      }
      return needed;
    },
    'package.move': async ({ folder }, { signal, progress }) => {
      const to = await host.pathOf(folder, 'write', 'model');
      await movePackages(to, {
        signal,
        onProgress(done) {
          progress({ done });
        },
        async onSwitched() {
          host.packagesMoved(userPackages());
          await packages.forgetHere();
        },
      });
      return null;
    },
    'package.space': () => freeSpace(userFolder()),
  };
}
