import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Abort, throwIfAborted } from '../../core/base/abort.ts';
import { TesseraError } from '../../core/base/errors.ts';
import { MANIFEST_NAME } from '../../core/model/manifest.ts';
import { type Archive, openArchive, refused } from './archive.ts';
import { isSystemError, refusal } from './nodeErrors.ts';
import { checkHashes, MAX_MANIFEST_BYTES, openPackageFolder, type PackageFolder } from './packageFolder.ts';

/** A file that is still being closed may turn up while its folder is removed. */
const GONE = { recursive: true, force: true, maxRetries: 5 } as const;

/**
 * What a `.tspkg` archive says of itself; nothing stays unpacked.
 *
 * @throws TesseraError as installPackage does
 */
export async function readArchive(path: string): Promise<PackageFolder> {
  const archive = await openArchive(path);
  const folder = await mkdtemp(join(tmpdir(), 'tessera-archive-'));
  try {
    const opened = await unpackManifest(archive, path, folder);
    checkNames(archive, path, opened);
    return opened;
  } finally {
    archive.close();
    await rm(folder, GONE);
  }
}

/** How to install. */
export interface InstallOptions {
  /** Whether another version of the same package may be replaced; a damaged one always is. */
  readonly replace?: boolean;
  readonly signal?: Abort;
}

/**
 * Installs a `.tspkg` archive as `<destination>/<id>`. It is unpacked aside and checked file by file, and only then
 * moved into place: a failure leaves `destination` as it was.
 *
 * @throws TesseraError 'input', 'package' (see openArchive and openPackageFolder), 'usage' if another version is
 *   installed, 'output' if the destination cannot be written
 */
export async function installPackage(
  path: string,
  destination: string,
  options: InstallOptions = {},
): Promise<PackageFolder> {
  const archive = await openArchive(path);
  try {
    return await placePackage(
      destination,
      (staging) => unpack(archive, path, staging, options.signal),
      options,
    );
  } finally {
    archive.close();
  }
}

/**
 * Makes a package aside and moves it to `<destination>/<id>` once `make` has it in the folder that it is given: a failure
 * leaves `destination` as it was.
 *
 * @throws TesseraError 'usage' if another build is installed and may not be replaced, 'output' if the destination cannot be
 *   written, and what `make` throws
 */
export async function placePackage(
  destination: string,
  make: (staging: string) => Promise<PackageFolder>,
  { replace = false }: Pick<InstallOptions, 'replace'>,
): Promise<PackageFolder> {
  try {
    return await inStaging(destination, async (staging) =>
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

// Inside the destination, so that the last step is a rename on one disk; hidden, so that it is never listed.
async function inStaging<T>(destination: string, work: (staging: string) => Promise<T>): Promise<T> {
  await mkdir(destination, { recursive: true });
  const staging = await mkdtemp(join(destination, '.installing-'));
  try {
    return await work(staging);
  } finally {
    await rm(staging, GONE);
  }
}

async function unpack(
  archive: Archive,
  path: string,
  staging: string,
  signal?: Abort,
): Promise<PackageFolder> {
  const opened = await unpackManifest(archive, path, staging, signal);
  checkNames(archive, path, opened);
  for (const name of Object.keys(opened.manifest.files)) {
    throwIfAborted(signal);
    await archive.extract(name, staging, signal);
  }
  await checkHashes(opened, signal);
  return opened;
}

async function unpackManifest(
  archive: Archive,
  path: string,
  folder: string,
  signal?: Abort,
): Promise<PackageFolder> {
  if (!archive.names.includes(MANIFEST_NAME)) throw refused(path, `has no ${MANIFEST_NAME}`);
  if (archive.size(MANIFEST_NAME) > MAX_MANIFEST_BYTES)
    throw refused(path, `has a manifest that is far too large`);
  await archive.extract(MANIFEST_NAME, folder, signal);
  return openPackageFolder(folder, path);
}

/** The archive holds what its manifest lists and nothing that no hash vouches for. */
function checkNames(archive: Archive, path: string, { manifest }: PackageFolder): void {
  for (const [name, { bytes }] of Object.entries(manifest.files)) {
    if (!archive.names.includes(name)) throw refused(path, `lacks "${name}", which its manifest lists`);
    const size = archive.size(name);
    if (size !== bytes)
      throw refused(path, `holds "${name}" with ${size} bytes where its manifest says ${bytes}`);
  }
  const stray = archive.names.find((name) => name !== MANIFEST_NAME && !Object.hasOwn(manifest.files, name));
  if (stray !== undefined) throw refused(path, `contains "${stray}", which its manifest does not list`);
}

async function moveIntoPlace(
  opened: PackageFolder,
  destination: string,
  replace: boolean,
): Promise<PackageFolder> {
  const target = join(destination, opened.manifest.id);
  const there = await whatIsAt(target);
  if (there === 'nothing') {
    await rename(opened.folder, target);
  } else if (there !== 'broken' && there.sha256 === opened.sha256) {
    return there;
  } else if (there === 'broken' || replace) {
    await swap(opened.folder, target);
  } else {
    const { id, version } = there.manifest;
    throw new TesseraError(
      'usage',
      `The package ${id} is already installed in version ${version}, and this is another build (version ${opened.manifest.version}).`,
      'Say that it may be replaced, or remove it first.',
    );
  }
  return { ...opened, folder: target };
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
