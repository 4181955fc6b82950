import { stat } from 'node:fs/promises';
import path from 'node:path';
import { fromErrorShape, toErrorShape } from '../../../core/base/errors.ts';
import { versionName } from '../../../core/model/packageName.ts';
import {
  findPackage,
  isCalled,
  type ListedPackage,
  listPackages,
} from '../../../native-models/runtime/findPackages.ts';
import { openPackageFolder } from '../../../native-models/runtime/packageFolder.ts';
import { exportPackage } from '../../engine/packages/exportPackage.ts';
import { movePackages } from '../../engine/packages/movePackages.ts';
import { repairInstalled } from '../../engine/packages/repairInstalled.ts';
import { userPackages } from '../../io/packageFolders.ts';
import { type NeededPackage, packagesNeeded } from '../../io/projects/packagesNeeded.ts';
import type { Context } from '../shared/context.ts';
import { packageFolders } from '../shared/folders.ts';
import type { ReportFields } from '../shared/report.ts';
import { bytesText, count } from '../shared/text.ts';

/** Restores what is damaged of one package of this user, or of all of them. */
export async function repair(
  { root, reporter, signal }: Context,
  { id, from }: { readonly id?: string; readonly from?: string },
): Promise<ReportFields> {
  const folders = packageFolders(root);
  const own = await listPackages([userPackages()]);
  const meant = own.filter((each) => id === undefined || isCalled(each, id) || each.manifest?.id === id);
  const packages: ReportFields[] = [];
  for (const name of id !== undefined && meant.length === 0 ? [id] : meant.map(({ name }) => name)) {
    try {
      const { opened, restored } = await repairInstalled(name, folders, { from: from ?? null, signal });
      const { id: called, version } = opened.manifest;
      reporter.say(
        restored.length === 0
          ? `${called} ${version} is intact  ${opened.folder}`
          : `Restored ${restored.join(', ')} of ${called} ${version}`,
      );
      packages.push({ ok: true, id: called, version, folder: opened.folder, restored });
    } catch (error) {
      if (signal.aborted) throw error;
      reporter.fail(fromErrorShape(toErrorShape(error)), name);
      packages.push({ ok: false, id: name });
    }
  }
  if (packages.length === 0) reporter.say('This user has no packages.');
  return { packages };
}

/** Writes a package as one file. */
export async function exportFile(
  { root, reporter, signal }: Context,
  { id, file }: { readonly id: string; readonly file?: string },
): Promise<ReportFields> {
  const folder = await findPackage(id, packageFolders(root));
  const { manifest, sha256 } = await openPackageFolder(folder);
  const usual = `${manifest.id}-${versionName(manifest.version)}.tspkg`;
  const isFolder = file !== undefined && (await stat(file).catch(() => null))?.isDirectory() === true;
  const output = file === undefined ? usual : isFolder ? path.join(file, usual) : file;
  await exportPackage(folder, output, {
    signal,
    onProgress(done) {
      reporter.bar.show({ label: 'Writing the package', done: 100 * done, total: 100, unit: '%' });
    },
  });
  const { size } = await stat(output);
  reporter.say(`Wrote ${manifest.id} ${manifest.version} to ${output}, ${bytesText(size)}`);
  return { exported: { id: manifest.id, version: manifest.version, sha256 }, output, bytes: size };
}

/** Tells which packages projects need, and which of them are here. */
export async function needs(
  { root, reporter, signal }: Context,
  files: readonly string[],
): Promise<ReportFields> {
  const installed = await listPackages(packageFolders(root));
  const projects: ReportFields[] = [];
  for (const file of files) {
    try {
      const needed = (await packagesNeeded(file, signal)).map((each) => withPlace(each, installed));
      const said = needed.map(needText);
      reporter.say(
        [file, ...(said.length > 0 ? said : ['needs no package: it holds no tokens'])].join('\n  '),
      );
      projects.push({ ok: true, project: file, needs: needed });
    } catch (error) {
      if (signal.aborted) throw error;
      reporter.fail(fromErrorShape(toErrorShape(error)), file);
      projects.push({ ok: false, project: file });
    }
  }
  return { projects };
}

/** A package that is needed, and what it is called here; null where it is not here. */
type NeededHere = NeededPackage & { readonly package: string | null; readonly version: string | null };

function withPlace(needed: NeededPackage, installed: readonly ListedPackage[]): NeededHere {
  const here = installed.find(({ opened }) => opened?.sha256 === needed.sha256);
  return { ...needed, package: here?.name ?? null, version: here?.opened?.manifest.version ?? null };
}

function needText({ id, sha256, version }: NeededHere): string {
  return version === null
    ? `needs ${id} (build ${sha256.slice(0, 12)}), which is not here`
    : `needs ${id} ${version}, which is here`;
}

/** Moves the folder of this user's packages. */
export async function move({ reporter, signal }: Context, folder: string): Promise<ReportFields> {
  const moved = await movePackages(folder, {
    signal,
    onProgress(done) {
      reporter.bar.show({ label: 'Moving the packages', done: 100 * done, total: 100, unit: '%' });
    },
  });
  reporter.say(`Moved ${count(moved.packages, 'package')} from ${moved.from} to ${moved.folder}`);
  return { moved };
}
