import {
  constants,
  copyFile,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  rmdir,
  symlink,
} from 'node:fs/promises';
import path from 'node:path';
import { throwIfAborted } from '../../../core/base/abort.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { MANIFEST_NAME } from '../../../core/model/manifest.ts';
import { sha256OfFile } from '../../../native-models/runtime/digest.ts';
import { errorCode, isSystemError, refusal } from '../../../native-models/runtime/nodeErrors.ts';
import { openPackageFolder } from '../../../native-models/runtime/packageFolder.ts';
import { GONE, inStaging } from '../../../native-models/runtime/staging.ts';
import { syncFolder } from '../../io/files/atomicWrite.ts';
import { freeSpace } from '../../io/files/freeSpace.ts';
import { packagesPlace, setPackagesPlace } from '../../io/packageFolders.ts';

/** How packages are moved. */
export interface MoveOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number) => void; // 0 .. 1
  /** Called when the packages lie in the new place and before they go from the old one. */
  readonly onSwitched?: () => Promise<void>;
  /** How much the disk of a folder can take, bytes; null where it does not tell. */
  readonly space?: (folder: string) => Promise<number | null>;
}

/** What was moved. */
export interface Moved {
  readonly from: string;
  readonly folder: string;
  readonly packages: number;
}

/**
 * Moves the folder of this user's packages, also to another disk. They are copied aside in the new folder, compared with what
 * they were copied from, and put in place; then the pointer that window and command line read is switched, in one step; then
 * they go from the old place. Whenever it is stopped or killed, every package can be used where the pointer says.
 *
 * @throws TesseraError 'usage' for a folder that cannot be it, 'limit' if too little space is left there, 'output' if it cannot
 *   be written, 'aborted'
 */
export async function movePackages(to: string, options: MoveOptions): Promise<Moved> {
  await finishMove();
  const { folder: from, fixed } = packagesPlace();
  if (fixed) throw isFixed();
  const folder = path.resolve(to);
  await refuseUnsuitable(folder, from);
  const names = await namesIn(from);
  let made: string | undefined;
  try {
    made = await mkdir(folder, { recursive: true });
    await refuseStrange(folder);
    await inStaging(folder, 'moving', async (staging) => {
      const left = await missingIn(folder, from, names);
      await copyAside(from, left, staging, options);
      throwIfAborted(options.signal);
      for (const name of left) await rename(path.join(staging, name), path.join(folder, name));
    });
    await syncFolder(folder);
    await setPackagesPlace(folder, from);
  } catch (error) {
    if (made !== undefined) await rmdir(folder).catch(() => undefined);
    if (!isSystemError(error)) throw error;
    throw new TesseraError(
      'output',
      `The packages could not be moved to ${folder}, since ${refusal(error)}.`,
      'Choose a folder that can be written.',
      { cause: error },
    );
  }
  await options.onSwitched?.();
  await finishMove();
  return { from, folder, packages: names.length };
}

/**
 * Removes what lies in the old place of packages that were moved, also where the program was killed in the middle of that. Only
 * what lies in the new place as well goes.
 */
export async function finishMove(): Promise<void> {
  const { folder, fixed, left } = packagesPlace();
  if (fixed || left === null) return;
  try {
    for (const name of await namesIn(left)) {
      const [old, fresh] = [path.join(left, name), path.join(folder, name)];
      if (await isCopied(old, fresh)) await rm(old, GONE);
    }
    await rmdir(left).catch(() => undefined); // stays where something else lies in it
    await setPackagesPlace(folder, null);
  } catch {
    // It is in use, or its disk is gone: the next one tries again, and what is there is only too much.
  }
}

function isFixed(): TesseraError {
  return new TesseraError(
    'usage',
    'TESSERA_PACKAGES names the folder of the packages, so they cannot be moved.',
    'Change TESSERA_PACKAGES, or start without it.',
  );
}

/** What lies in a folder of packages; hidden files are no packages, and work under way is hidden. */
async function namesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => !name.startsWith('.')).sort();
}

async function refuseUnsuitable(folder: string, from: string): Promise<void> {
  const [there, here] = await Promise.all([folder, from].map(realOf));
  if (there === here) {
    throw new TesseraError('usage', `The packages are in ${folder} already.`, 'Choose another folder.');
  }
  if (!path.relative(here!, there!).startsWith('..') && !path.isAbsolute(path.relative(here!, there!))) {
    throw new TesseraError(
      'usage',
      `${folder} lies inside the folder that is to be moved.`,
      'Choose a folder elsewhere.',
    );
  }
}

/** A path without links, also of what does not exist yet. */
async function realOf(file: string): Promise<string> {
  const parent = path.dirname(file);
  return realpath(file).catch(async () =>
    parent === file ? file : path.join(await realOf(parent), path.basename(file)),
  );
}

/** What is no package would be listed as a broken one. */
async function refuseStrange(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (await openPackageFolder(path.join(folder, name)).catch(() => null)) continue;
    throw new TesseraError(
      'usage',
      `${folder} holds something else than packages: ${name}.`,
      'Choose an empty folder, or a new one.',
    );
  }
}

/** The names that are not there yet. A move that was stopped may have brought some. */
async function missingIn(folder: string, from: string, names: readonly string[]): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const name of names) {
    const [old, fresh] = [path.join(from, name), path.join(folder, name)];
    if ((await lstat(fresh).catch(() => null)) === null) missing.push(name);
    else if (!(await isCopied(old, fresh))) {
      throw new TesseraError(
        'usage',
        `${folder} holds another package called ${name} already.`,
        'Remove one of the two, or choose another folder.',
      );
    }
  }
  return missing;
}

async function copyAside(
  from: string,
  names: readonly string[],
  staging: string,
  { signal, onProgress, space = freeSpace }: MoveOptions,
): Promise<void> {
  const files = (await Promise.all(names.map((name) => filesIn(from, name)))).flat();
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const free = await space(staging);
  if (free !== null && free < total) {
    const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;
    throw new TesseraError(
      'limit',
      `The packages take ${megabytes(total)}, and ${megabytes(free)} are free there.`,
      'Free some space, or choose another disk.',
    );
  }
  let done = 0;
  for (const { name, bytes, link } of files) {
    throwIfAborted(signal);
    const [old, fresh] = [path.join(from, name), path.join(staging, name)];
    await mkdir(path.dirname(fresh), { recursive: true });
    if (link) await symlink(path.resolve(path.dirname(old), await readlink(old)), fresh);
    else await copyChecked(old, fresh, signal);
    done += bytes;
    onProgress?.(total === 0 ? 1 : done / total);
  }
}

/** A file, or a link, which is kept as one. */
interface FileToMove {
  readonly name: string; // under the folder of the packages
  readonly bytes: number;
  readonly link: boolean;
}

async function filesIn(from: string, name: string): Promise<readonly FileToMove[]> {
  const file = path.join(from, name);
  const status = await lstat(file);
  if (status.isDirectory()) {
    const inside = await readdir(file);
    return (await Promise.all(inside.map((each) => filesIn(from, path.join(name, each))))).flat();
  }
  return [{ name, bytes: status.isFile() ? status.size : 0, link: status.isSymbolicLink() }];
}

async function copyChecked(from: string, to: string, signal: AbortSignal): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  const file = await open(to, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  if ((await sha256OfFile(from, signal)) === (await sha256OfFile(to, signal))) return;
  throw new TesseraError(
    'output',
    `The copy of ${path.basename(from)} is not what was copied.`,
    'Choose another disk, since this one may be failing.',
  );
}

/** Whether the same package lies in both places: alike in its manifest, and in the names and sizes of its files. */
async function isCopied(old: string, fresh: string): Promise<boolean> {
  const [a, b] = await Promise.all([old, fresh].map((each) => outlineOf(each).catch(() => null)));
  return a !== null && a === b;
}

async function outlineOf(folder: string): Promise<string> {
  const files = await filesIn(path.dirname(folder), path.basename(folder));
  const manifest = await readFile(path.join(folder, MANIFEST_NAME), 'latin1').catch(() => '');
  return JSON.stringify([manifest, ...files.map(({ name, bytes }) => `${name} ${bytes}`).sort()]);
}
