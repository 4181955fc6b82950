import type { Stats } from 'node:fs';
import { copyFile, type FileHandle, open, readlink, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import { asideOf, removeStale, underway } from './aside.ts';
import { quoted, systemCode } from './readBytes.ts';

const MOST_LINKS = 40; // as Linux follows
const ANY_MAY_WRITE = 0o222;
const OWNER_ONLY = 0o600;
const MODE = 0o7777;

/**
 * Writes a file so that `path` holds either what it held before or all of `bytes`, even if the machine stops
 * half-way: write aside in the same folder, fsync, rename.
 * @throws TesseraError 'output' in one sentence; no partial or temporary file is left behind
 */
export async function atomicWrite(path: string, bytes: Uint8Array): Promise<void> {
  await atomicReplace(path, (file) => file.writeFile(bytes));
}

/**
 * {@link atomicWrite} for what is too large to be held in memory: `fill` writes it bit by bit. Where `path` is a link,
 * the file that it names is replaced; mode, owner and other names of a file are kept.
 */
export async function atomicReplace(path: string, fill: (file: FileHandle) => Promise<void>): Promise<void> {
  let aside: string | null = null;
  let folder = dirname(path);
  try {
    const target = await targetOf(path);
    folder = dirname(target);
    const replaced = await replacedBy(target, path);
    await removeStale(folder);
    aside = asideOf(target);
    await writeSynced(aside, replaced, fill);
    await putInPlace(aside, target, replaced);
  } catch (error) {
    if (aside) await rm(aside, { force: true }).catch(() => undefined); // the first failure is the one to report
    throw writeFailure(path, error);
  } finally {
    if (aside) underway.delete(basename(aside));
  }
  await syncFolder(folder);
}

/** The file that a path means in the end, also where a link names one that does not exist yet. */
async function targetOf(path: string): Promise<string> {
  let target = path;
  for (let links = 0; links < MOST_LINKS; links++) {
    const next = await readlink(target).catch(() => null);
    if (next === null) return target;
    target = resolve(dirname(target), next);
  }
  throw new TesseraError('output', `${quoted(path)} is a link that leads to itself.`, 'Choose another name.');
}

/** What is known of the file that is there now; null where there is none. @throws TesseraError 'output' if it must stay */
async function replacedBy(target: string, path: string): Promise<Stats | null> {
  const status = await stat(target).catch(() => null);
  if (status?.isDirectory()) {
    throw new TesseraError('output', `${quoted(path)} is a folder.`, 'Name a file to write.');
  }
  if (status && !status.isFile()) {
    throw new TesseraError(
      'output',
      `${quoted(path)} is a device or a pipe, not a file.`,
      'Name a file to write.',
    );
  }
  if (status && (status.mode & ANY_MAY_WRITE) === 0) {
    throw new TesseraError(
      'output',
      `${quoted(path)} is protected against writing.`,
      'Remove the protection or choose another name.',
    );
  }
  return status;
}

/** Another name for the same file would still hold the old bytes after a rename: then the bytes are copied into it. */
async function putInPlace(aside: string, target: string, replaced: Stats | null): Promise<void> {
  const hasOtherNames = replaced !== null && replaced.nlink > 1;
  if (hasOtherNames && (await copiedInto(aside, target))) await rm(aside, { force: true });
  else await rename(aside, target);
}

/** Whether it could be done; if not, the bytes are still in the file aside. */
async function copiedInto(aside: string, target: string): Promise<boolean> {
  try {
    await copyFile(aside, target);
    const file = await open(target, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    return true;
  } catch {
    return false;
  }
}

async function writeSynced(
  path: string,
  replaced: Stats | null,
  fill: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const file = await open(path, 'wx', replaced ? OWNER_ONLY : undefined); // a private file is never seen by others
  try {
    await fill(file);
    if (replaced) {
      // Only root may give files away; the mode comes after, since a new owner takes special bits off.
      await file.chown(replaced.uid, replaced.gid).catch(() => undefined);
      await file.chmod(replaced.mode & MODE).catch(() => undefined);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the rename itself last; file systems that cannot do it (Windows, some network shares) are no failure. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

/** A failed system call as one sentence about the file that was written; other errors as they are. */
export function writeFailure(path: string, error: unknown): unknown {
  const folder = quoted(dirname(path));
  const fail = (message: string, hint?: string) =>
    new TesseraError('output', message, hint, { cause: error });
  switch (systemCode(error)) {
    case undefined:
      return error;
    case 'ENOENT':
      return fail(`The folder ${folder} does not exist.`, 'Create it first.');
    case 'ENOTDIR':
      return fail(`${folder} is not a folder.`, 'Choose another place.');
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return fail(`${quoted(path)} may not be written.`, 'Choose another folder or change its permissions.');
    case 'ENOSPC':
    case 'EDQUOT':
      return fail(
        `There is no space left to write ${quoted(path)}.`,
        'Free some space or choose another disk.',
      );
    case 'ENAMETOOLONG':
      return fail(`The name ${quoted(basename(path))} is too long.`, 'Choose a shorter one.');
    default:
      return fail(`${quoted(path)} could not be written.`);
  }
}
