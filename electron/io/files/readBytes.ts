import { readFile, stat } from 'node:fs/promises';
import { TesseraError } from '../../../core/base/errors.ts';

/** A path as messages show it. */
export function quoted(path: string): string {
  return `"${path}"`;
}

/** The error code of a failed system call, e.g. ENOENT; undefined for errors of our own. */
export function systemCode(error: unknown): string | undefined {
  if (error instanceof TesseraError) return undefined;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * The whole of a file.
 * @param limit largest size accepted, in bytes; checked before anything is read
 * @throws TesseraError 'input' for what is missing, empty, unreadable or no file; 'limit' for what is too large
 */
export async function readBytes(path: string, limit: number): Promise<Uint8Array> {
  const size = await fileSize(path);
  if (size > limit) {
    const megabytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MB`;
    throw new TesseraError(
      'limit',
      `${quoted(path)} is too large (${megabytes(size)}; the limit is ${megabytes(limit)}).`,
    );
  }
  return readFile(path).catch((error: unknown) => {
    throw readFailure(path, error);
  });
}

/**
 * How many bytes a file has.
 * @throws TesseraError 'input' for what is missing, empty, unreadable or no file
 */
export async function fileSize(path: string): Promise<number> {
  const status = await stat(path).catch((error: unknown) => {
    throw readFailure(path, error);
  });
  if (status.isDirectory()) {
    throw new TesseraError('input', `${quoted(path)} is a folder, not a file.`, 'Name a file inside it.');
  }
  if (!status.isFile()) {
    throw new TesseraError('input', `${quoted(path)} is a device or a pipe, not a file.`);
  }
  if (status.size === 0) throw new TesseraError('input', `${quoted(path)} is empty.`);
  return status.size;
}

/** A failed system call as one sentence about the file that was read; other errors as they are. */
export function readFailure(path: string, error: unknown): unknown {
  switch (systemCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new TesseraError(
        'input',
        `There is no file ${quoted(path)}.`,
        'Check the path for a typing error.',
      );
    case 'EACCES':
    case 'EPERM':
      return new TesseraError('input', `${quoted(path)} may not be read.`, 'Change its permissions.');
    case undefined:
      return error;
    case 'ERR_INVALID_ARG_VALUE': // a NUL inside the path
      return new TesseraError('input', `${quoted(path)} is not a path.`);
    default:
      return new TesseraError('input', `${quoted(path)} could not be read.`, undefined, { cause: error });
  }
}
