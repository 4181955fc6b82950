import { copyFile, open, rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Abort, throwIfAborted } from '../../core/base/abort.ts';
import { TesseraError } from '../../core/base/errors.ts';
import { MANIFEST_NAME } from '../../core/model/manifest.ts';
import { openArchive } from './archive.ts';
import { sha256OfFile } from './digest.ts';
import { isSystemError, refusal } from './nodeErrors.ts';
import { readManifests } from './packageArchive.ts';
import { ADDITION_NAME, digestsOf, openPackageFolder, type PackageFolder } from './packageFolder.ts';
import { inStaging } from './staging.ts';

/** What became of a package. */
export interface Repaired {
  readonly opened: PackageFolder;
  readonly restored: readonly string[]; // files; none of a package that was intact
}

/** SHA-256 of files by their names. */
type Digests = ReadonlyMap<string, string>;

/** The same package somewhere else, in a folder or an archive. */
interface Copy {
  readonly opened: PackageFolder;
  /** Puts one of its files into a folder. */
  take(name: string, folder: string, signal?: Abort): Promise<void>;
  close(): void;
}

/**
 * Compares every file of a package with its SHA-256 and restores what is damaged or missing from a copy of the same package.
 * All of it is fetched and checked aside before the first file takes its place, and files that are good are not touched.
 *
 * @param folder of the package; where its manifest is damaged, its name says which package it was
 * @param copies folders and `.tspkg` files that may hold the same package; the first that does is used
 * @throws TesseraError 'package' if it is damaged and no copy is the same package and whole, 'output' if it cannot be written
 */
export async function repairPackage(
  folder: string,
  copies: readonly string[],
  signal?: Abort,
): Promise<Repaired> {
  const opened = await openPackageFolder(folder).catch(() => null);
  const wanted = opened && !(await hasBrokenWords(opened)) ? digestsOf(opened) : null;
  const damaged = wanted && (await differing(folder, wanted, signal));
  if (opened && damaged?.length === 0) return { opened, restored: [] };
  for (const path of copies) {
    const copy = await openCopy(path).catch(() => null);
    if (!copy) continue;
    try {
      if (!isSame(copy, folder, opened)) continue;
      const whole = wanted ?? digestsOf(copy.opened);
      const names = damaged ?? (await differing(folder, whole, signal));
      if (!names.every((name) => digestsOf(copy.opened).get(name) === whole.get(name))) continue;
      await restore(folder, names, whole, copy, signal);
      return { opened: await openPackageFolder(folder), restored: names };
    } finally {
      copy.close();
    }
  }
  throw noCopy(folder, damaged ?? [opened ? ADDITION_NAME : MANIFEST_NAME], opened);
}

/** Words lie beside it that cannot be read, or were made for another build. */
async function hasBrokenWords({ folder, addition }: PackageFolder): Promise<boolean> {
  return addition === null && (await stat(join(folder, ADDITION_NAME)).catch(() => null)) !== null;
}

/** The files in a folder that are missing or are not what they should be. */
async function differing(folder: string, wanted: Digests, signal?: Abort): Promise<readonly string[]> {
  const names: string[] = [];
  for (const [name, digest] of wanted) {
    throwIfAborted(signal);
    const found = await sha256OfFile(join(folder, name), signal).catch(() => null);
    throwIfAborted(signal);
    if (found !== digest) names.push(name);
  }
  return names;
}

async function openCopy(path: string): Promise<Copy> {
  if ((await stat(path)).isDirectory()) {
    return {
      opened: await openPackageFolder(path),
      take: (name, folder) => copyFile(join(path, name), join(folder, name)),
      close: () => undefined,
    };
  }
  const archive = await openArchive(path);
  try {
    const opened = await readManifests(archive, path);
    return {
      opened,
      take: (name, folder, signal) => archive.extract(name, folder, signal),
      close: () => {
        archive.close();
      },
    };
  } catch (error) {
    archive.close();
    throw error;
  }
}

/** Whether a copy is of the same package; one whose manifest is damaged is known by its id alone. */
function isSame(copy: Copy, folder: string, opened: PackageFolder | null): boolean {
  if (opened) return copy.opened.sha256 === opened.sha256;
  return basename(folder).replace(/@.*/, '') === copy.opened.manifest.id;
}

async function restore(
  folder: string,
  names: readonly string[],
  wanted: Digests,
  copy: Copy,
  signal?: Abort,
): Promise<void> {
  try {
    await inStaging(dirname(folder), 'repairing', async (staging) => {
      for (const name of names) {
        throwIfAborted(signal);
        await copy.take(name, staging, signal);
        await sync(join(staging, name));
        if ((await sha256OfFile(join(staging, name), signal)) !== wanted.get(name))
          throw damagedToo(name, copy.opened);
      }
      for (const name of names) {
        // What is in the way is no file that could be replaced, such as a folder.
        const there = await stat(join(folder, name)).catch(() => null);
        if (there && !there.isFile()) await rename(join(folder, name), join(staging, `${name}-old`));
        await rename(join(staging, name), join(folder, name));
      }
    });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new TesseraError(
      'output',
      `The package in ${folder} could not be repaired, since ${refusal(error)}.`,
      'Check the free space and the permissions of that folder.',
      { cause: error },
    );
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function damagedToo(name: string, { manifest }: PackageFolder): TesseraError {
  return new TesseraError(
    'package',
    `${name} is damaged in the copy of the package ${manifest.id} as well.`,
    'Give another copy of it.',
  );
}

function noCopy(folder: string, damaged: readonly string[], opened: PackageFolder | null): TesseraError {
  const name = opened ? `${opened.manifest.id} ${opened.manifest.version}` : basename(folder);
  return new TesseraError(
    'package',
    `The package ${name} is damaged (${damaged.join(', ')}), and no copy of the same build was found.`,
    'Give its .tspkg file, or a folder with the same package.',
  );
}
