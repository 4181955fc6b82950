import { access, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Abort } from '../../core/base/abort.ts';
import { TesseraError } from '../../core/base/errors.ts';
import { MANIFEST_NAME, type Manifest } from '../../core/model/manifest.ts';
import { versionName } from '../../core/model/packageName.ts';
import { subfolders } from './findPackages.ts';
import { isSystemError, refusal } from './nodeErrors.ts';
import { unpackPackage } from './packageArchive.ts';
import { checkHashes, openPackageFolder, type PackageFolder } from './packageFolder.ts';
import { GONE, inStaging } from './staging.ts';

/** How to install. */
export interface InstallOptions {
  /** Whether another build of the same version may be replaced; a damaged one always is. */
  readonly replace?: boolean;
  readonly signal?: Abort;
}

/**
 * Installs a `.tspkg` archive as `<destination>/<id>`, or beside another version as `<destination>/<id>@<version>`. It is
 * unpacked aside and checked file by file, and only then moved into place: a failure leaves `destination` as it was.
 *
 * @throws TesseraError 'input', 'package' (see openArchive and openPackageFolder), 'usage' if another build of this version
 *   is installed, 'output' if the destination cannot be written
 */
export async function installPackage(
  path: string,
  destination: string,
  options: InstallOptions = {},
): Promise<PackageFolder> {
  return placePackage(destination, (staging) => unpackPackage(path, staging, options.signal), options);
}

/**
 * Makes a package aside and moves it to its place in `destination` once `make` has it in the folder that it is given: a
 * failure leaves `destination` as it was.
 *
 * @throws TesseraError 'usage' if another build of this version is installed and may not be replaced, 'output' if the
 *   destination cannot be written, and what `make` throws
 */
export async function placePackage(
  destination: string,
  make: (staging: string) => Promise<PackageFolder>,
  { replace = false }: Pick<InstallOptions, 'replace'>,
): Promise<PackageFolder> {
  try {
    return await inStaging(destination, 'installing', async (staging) =>
      moveIntoPlace(await make(staging), destination, replace),
    );
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new TesseraError(
      'output',
      `The package could not be installed in ${destination}, since ${refusal(error)}.`,
      'Check the free space and the permissions of that folder.',
      { cause: error },
    );
  }
}

async function moveIntoPlace(
  opened: PackageFolder,
  destination: string,
  replace: boolean,
): Promise<PackageFolder> {
  const target = await placeOf(opened.manifest, destination);
  const there = await whatIsAt(target);
  if (there === 'nothing') {
    await rename(opened.folder, target);
  } else if (there !== 'broken' && isSame(opened, there)) {
    return there;
  } else if (there === 'broken' || replace || there.sha256 === opened.sha256) {
    await swap(opened.folder, target); // one that differs in its words alone is the same package
  } else {
    const { id, version } = there.manifest;
    throw new TesseraError(
      'usage',
      `The package ${id} ${version} is already installed, and this is another build of that version.`,
      'Say that it may be replaced, or remove it first.',
    );
  }
  return { ...opened, folder: target };
}

/** Whether nothing would change by putting `opened` in the place of what is there. */
function isSame(opened: PackageFolder, there: PackageFolder): boolean {
  return there.sha256 === opened.sha256 && (opened.addition === null || opened.addition === there.addition);
}

/** Where this version is, or where it goes: each lies in a folder of its own. */
async function placeOf({ id, version }: Manifest, destination: string): Promise<string> {
  let isPlainTaken = false;
  for (const name of await subfolders(destination)) {
    const found = await openPackageFolder(join(destination, name)).catch(() => null);
    if (found?.manifest.id === id && versionName(found.manifest.version) === versionName(version))
      return found.folder;
    isPlainTaken ||= name === id && found !== null;
  }
  return join(destination, isPlainTaken ? `${id}@${versionName(version)}` : id);
}

/** A sound package, a broken one (which only its manifest shows to be one), or nothing. */
async function whatIsAt(target: string): Promise<PackageFolder | 'broken' | 'nothing'> {
  if (!(await exists(target))) return 'nothing';
  if (!(await exists(join(target, MANIFEST_NAME)))) {
    throw new TesseraError('output', `${target} is in the way and is not a package.`, 'Move it elsewhere.');
  }
  try {
    const opened = await openPackageFolder(target);
    await checkHashes(opened);
    return opened;
  } catch {
    return 'broken';
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Puts `fresh` where `target` is; puts the old folder back if that fails. */
async function swap(fresh: string, target: string): Promise<void> {
  const aside = `${fresh}-old`;
  await rename(target, aside);
  try {
    await rename(fresh, target);
  } catch (error) {
    await rename(aside, target);
    throw error;
  }
  await rm(aside, GONE);
}
