import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type ErrorShape, TesseraError, toErrorShape } from '../../core/base/errors.ts';
import { errorCode } from './nodeErrors.ts';
import { checkSizes, openPackageFolder, type PackageFolder } from './packageFolder.ts';

/** The package that is used where none is named. */
export const DEFAULT_PACKAGE = 'tessera-base';

/** The folder of the packages that come with Tessera, under the root of its files (the checkout or the app). */
export function embeddedPackages(root: string): string {
  return join(root, 'native-models', 'packages');
}

/** A package that was found, or a folder that should be one and what is wrong with it. */
export type ListedPackage =
  | { readonly folder: string; readonly opened: PackageFolder; readonly problem: null }
  | { readonly folder: string; readonly opened: null; readonly problem: ErrorShape };

/**
 * Lists the packages in `folders`, in their order and then by name. Sizes are checked, hashes are not; a broken
 * package is listed with its problem, and so is a folder that cannot be read: it hides no package of another one. A
 * folder that does not exist holds none.
 */
export async function listPackages(folders: readonly string[]): Promise<readonly ListedPackage[]> {
  const listed: ListedPackage[] = [];
  for (const folder of folders) {
    try {
      for (const name of await subfolders(folder)) listed.push(await inspect(join(folder, name)));
    } catch (error) {
      listed.push({ folder, opened: null, problem: toErrorShape(error) });
    }
  }
  return listed;
}

/**
 * The folder of the package that a user named: the id of one in `folders` (the first wins), or a path to its folder.
 *
 * @throws TesseraError 'package' if there is none, or the one that was found is broken
 */
export async function findPackage(name: string, folders: readonly string[]): Promise<string> {
  if (!looksLikePath(name)) return findInstalled(name, folders);
  return (await openPackageFolder(name)).folder;
}

/**
 * The folder of an installed package by its id; a path finds nothing, whatever lies there.
 *
 * @throws TesseraError 'package' if there is none, or the one that was found is broken
 */
export async function findInstalled(name: string, folders: readonly string[]): Promise<string> {
  const listed = await listPackages(folders);
  const found = listed.find(({ opened }) => opened?.manifest.id === name);
  if (found) return found.folder;
  const problem = listed.find(({ folder }) => basename(folder) === name)?.problem;
  if (problem) throw new TesseraError(problem.code, problem.message, problem.hint);
  const ids = listed.flatMap(({ opened }) => (opened ? [opened.manifest.id] : []));
  throw new TesseraError(
    'package',
    `There is no package called "${name}".`,
    ids.length > 0 ? `These are installed: ${ids.join(', ')}.` : 'No package is installed.',
  );
}

function looksLikePath(name: string): boolean {
  return /[\\/]|^\.{1,2}$/.test(name);
}

async function subfolders(folder: string): Promise<readonly string[]> {
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

async function inspect(folder: string): Promise<ListedPackage> {
  try {
    const opened = await openPackageFolder(folder);
    await checkSizes(opened);
    return { folder, opened, problem: null };
  } catch (error) {
    return { folder, opened: null, problem: toErrorShape(error) };
  }
}
