import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import { quoted, systemCode } from './readBytes.ts';

/**
 * Writes a file so that `path` holds either what it held before or all of `bytes`, even if the machine stops
 * half-way: write aside in the same folder, fsync, rename.
 * @throws TesseraError 'output' in one sentence; no partial or temporary file is left behind
 */
export async function atomicWrite(path: string, bytes: Uint8Array): Promise<void> {
  await atomicReplace(path, (file) => file.writeFile(bytes));
}

/** {@link atomicWrite} for what is too large to be held in memory: `fill` writes it bit by bit. */
export async function atomicReplace(path: string, fill: (file: FileHandle) => Promise<void>): Promise<void> {
  const aside = join(dirname(path), `.${basename(path).slice(0, 64)}.${randomUUID().slice(0, 8)}.part`);
  try {
    await refuseFolder(path);
    await writeSynced(aside, fill);
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined); // the first failure is the one to report
    throw writeFailure(path, error);
  }
  await syncFolder(dirname(path));
}

async function refuseFolder(path: string): Promise<void> {
  const status = await stat(path).catch(() => undefined);
  if (status?.isDirectory()) {
    throw new TesseraError('output', `${quoted(path)} is a folder.`, 'Name a file to write.');
  }
}

async function writeSynced(path: string, fill: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await fill(file);
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
