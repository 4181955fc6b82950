import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { type Abort, throwIfAborted } from '../../core/base/abort.ts';
import { TesseraError } from '../../core/base/errors.ts';
import { ARCHIVE_LIMITS, checkEntries, type Entries } from './archiveEntries.ts';
import { errorCode, isSystemError } from './nodeErrors.ts';

/** A zip archive whose table of contents has been checked. */
export interface Archive {
  readonly names: readonly string[];
  /** Bytes that an entry says it unpacks to; what it really unpacks to is held to that. */
  size(name: string): number;
  /** Unpacks one entry into `folder` under its own name; the file must not exist. */
  extract(name: string, folder: string, signal?: Abort): Promise<void>;
  close(): void;
}

/**
 * Opens the zip at `path` and checks every entry before any is read.
 *
 * @throws TesseraError 'input' if the file cannot be read, 'package' if it is damaged, hostile or too large
 */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await openZip(path);
  try {
    const entries = await readEntries(zip, path);
    return {
      names: [...entries.keys()],
      size: (name) => entries.get(name)!.uncompressedSize,
      extract: (name, folder, signal) => extract(zip, path, entries.get(name)!, join(folder, name), signal),
      close: () => {
        zip.close();
      },
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    // Names stay raw, so that bad ones get a sentence of ours.
    return await openPromise(path, { autoClose: false, decodeStrings: false });
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') {
      throw new TesseraError('input', `There is no file ${path}.`, 'Check its name.', { cause });
    }
    if (isSystemError(cause)) {
      throw new TesseraError('input', `${path} cannot be read.`, 'Check its permissions.', { cause });
    }
    throw new TesseraError('package', `${path} is not a complete package archive.`, DOWNLOAD_AGAIN, {
      cause,
    });
  }
}

const DOWNLOAD_AGAIN = 'Download it again, or ask its author for a corrected one.';

async function readEntries(zip: ZipFile, path: string): Promise<Entries> {
  if (zip.entryCount > ARCHIVE_LIMITS.entries) {
    throw refused(path, `contains more than ${ARCHIVE_LIMITS.entries} files`);
  }
  const checked = await readAndCheck(zip, path);
  if (typeof checked === 'string') throw refused(path, checked);
  return checked;
}

async function readAndCheck(zip: ZipFile, path: string): Promise<Entries | string> {
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry);
    return checkEntries(entries);
  } catch (cause) {
    throw damaged(path, cause);
  }
}

async function extract(zip: ZipFile, path: string, entry: Entry, to: string, signal?: Abort): Promise<void> {
  try {
    const packed = await zip.openReadStreamPromise(entry);
    await pipeline(packed, abortable(signal), createWriteStream(to, { flags: 'wx', flush: true }));
  } catch (cause) {
    if (cause instanceof TesseraError || isSystemError(cause)) throw cause;
    throw damaged(path, cause);
  }
}

/** Passes bytes on until `signal` says stop. */
function abortable(signal?: Abort): Transform {
  return new Transform({
    transform(chunk, _encoding, done) {
      try {
        throwIfAborted(signal);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
}

function damaged(path: string, cause: unknown): TesseraError {
  return new TesseraError('package', `${path} is damaged.`, DOWNLOAD_AGAIN, { cause });
}

/** The error for an archive that we will not unpack; `what` continues the sentence after its name. */
export function refused(path: string, what: string): TesseraError {
  return new TesseraError(
    'package',
    `${path} ${what}, so it was not unpacked.`,
    'Get the package from a source that you trust.',
  );
}
