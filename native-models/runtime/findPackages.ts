import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type ErrorShape, TesseraError, toErrorShape } from '../../core/base/errors.ts';
import { compareVersions, nameWithVersion, versionName } from '../../core/model/packageName.ts';
import type { Manifest } from '../../core/model/manifest.ts';
import { errorCode } from './nodeErrors.ts';
import { checkSizes, openPackageFolder, type PackageFolder } from './packageFolder.ts';

/** The package that is used where none is named. */
export const DEFAULT_PACKAGE = 'tessera-base';

/** The folder of the packages that come with Tessera, under the root of its files (the checkout or the app). */
export function embeddedPackages(root: string): string {
  return join(root, 'native-models', 'packages');
}

/** A package that was found, or a folder that should be one and what is wrong with it. */
export type ListedPackage = Found & {
  /**
   * Its id, or the id and the version where another one comes first or it is broken; the name of its folder where its
   * manifest tells neither.
   */
  readonly name: string;
};

type Found = { readonly folder: string; readonly manifest: Manifest | null } & (
  | { readonly opened: PackageFolder; readonly problem: null }
  | { readonly opened: null; readonly problem: ErrorShape }
);

/**
 * Lists the packages in `folders`, in their order, then by id, the newest version first. Sizes are checked, hashes are
 * not; a broken package is listed with its problem, and so is a folder that cannot be read: it hides no package of
 * another one. A folder that does not exist holds none.
 */
export async function listPackages(folders: readonly string[]): Promise<readonly ListedPackage[]> {
  const listed: Found[] = [];
  for (const folder of folders) {
    try {
      const found: Found[] = [];
      for (const name of await subfolders(folder)) found.push(await inspect(join(folder, name)));
      listed.push(...found.sort(byName));
    } catch (error) {
      listed.push({ folder, manifest: null, opened: null, problem: toErrorShape(error) });
    }
  }
  return withNames(listed);
}

function byName(a: Found, b: Found): number {
  const idOf = ({ folder, manifest }: Found): string => manifest?.id ?? basename(folder);
  if (idOf(a) !== idOf(b)) return idOf(a) < idOf(b) ? -1 : 1;
  return a.manifest && b.manifest ? compareVersions(b.manifest.version, a.manifest.version) : 0;
}

function withNames(listed: readonly Found[]): readonly ListedPackage[] {
  const first = new Map<string, Manifest>();
  return listed.map((found) => {
    const { folder, manifest } = found;
    if (!manifest) return { ...found, name: basename(folder) };
    if (!found.opened) return { ...found, name: nameWithVersion(manifest) };
    const { version } = first.get(manifest.id) ?? first.set(manifest.id, manifest).get(manifest.id)!;
    const isFirst = versionName(version) === versionName(manifest.version);
    return { ...found, name: isFirst ? manifest.id : nameWithVersion(manifest) };
  });
}

/** Whether a person who says `wanted` means this package; one that is broken also by its id and the name of its folder. */
export function isCalled({ name, folder, manifest, opened }: ListedPackage, wanted: string): boolean {
  if (name === wanted || (manifest && nameWithVersion(manifest) === wanted)) return true;
  return opened === null && (manifest?.id === wanted || basename(folder) === wanted);
}

/**
 * The folder of the package that a user named: the name of one in `folders` (the first wins), or a path to its folder.
 *
 * @throws TesseraError 'package' if there is none, or the one that was found is broken
 */
export async function findPackage(name: string, folders: readonly string[]): Promise<string> {
  if (!looksLikePath(name)) return findInstalled(name, folders);
  return (await openPackageFolder(name)).folder;
}

/**
 * The folder of an installed package by its name; a path finds nothing, whatever lies there.
 *
 * @throws TesseraError 'package' if there is none, or the one that was found is broken
 */
export async function findInstalled(name: string, folders: readonly string[]): Promise<string> {
  const listed = await listPackages(folders);
  const found = listed.find((each) => each.opened && isCalled(each, name));
  if (found) return found.folder;
  const problem = listed.find((each) => isCalled(each, name))?.problem;
  if (problem) throw new TesseraError(problem.code, problem.message, problem.hint);
  const names = new Set(listed.flatMap((each) => (each.opened ? [each.name] : [])));
  throw new TesseraError(
    'package',
    `There is no package called "${name}".`,
    names.size > 0 ? `These are installed: ${[...names].join(', ')}.` : 'No package is installed.',
  );
}

function looksLikePath(name: string): boolean {
  return /[\\/]|^\.{1,2}$/.test(name);
}

/** The folders that may hold packages in a folder of them; none where it does not exist. */
export async function subfolders(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    // Hidden folders are installations in progress.
    const folders = entries.filter((entry) => !entry.isFile() && !entry.name.startsWith('.'));
    return folders.map((entry) => entry.name).sort();
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT' || errorCode(cause) === 'ENOTDIR') return []; // there is no folder
    throw new TesseraError('package', `The folder ${folder} cannot be read.`, 'Check its permissions.', {
      cause,
    });
  }
}

async function inspect(folder: string): Promise<Found> {
  let opened: PackageFolder | null = null;
  try {
    opened = await openPackageFolder(folder);
    await checkSizes(opened);
    return { folder, manifest: opened.manifest, opened, problem: null };
  } catch (error) {
    return { folder, manifest: opened?.manifest ?? null, opened: null, problem: toErrorShape(error) };
  }
}
