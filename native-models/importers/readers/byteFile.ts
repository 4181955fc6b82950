import { open, type FileHandle } from 'node:fs/promises';
import { TesseraError } from '../../../core/base/errors.ts';

const LONGEST_READ = 2 ** 30; // bytes; one read of the system takes less than 2 GiB

/** A file that is read in pieces from anywhere; every piece is held to the file's size. */
export class ByteFile {
  readonly path: string;
  readonly size: number; // bytes
  readonly #handle: FileHandle;

  private constructor(path: string, size: number, handle: FileHandle) {
    this.path = path;
    this.size = size;
    this.#handle = handle;
  }

  /** @throws TesseraError 'input' if there is no such file or it cannot be read */
  static async open(path: string): Promise<ByteFile> {
    let handle: FileHandle | undefined;
    try {
      handle = await open(path, 'r');
      const stat = await handle.stat();
      if (stat.isFile()) return new ByteFile(path, stat.size, handle);
    } catch (cause) {
      await handle?.close();
      throw new TesseraError('input', `${path} cannot be read.`, 'Check its name and its permissions.', {
        cause,
      });
    }
    await handle.close();
    throw new TesseraError('input', `${path} is not a file.`, 'Choose the file that holds the weights.');
  }

  /** @throws TesseraError 'input' if the piece does not lie within the file */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const inside = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
    if (!inside || offset + length > this.size) throw broken(this.path, 'it ends too early');
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const part = Math.min(length - done, LONGEST_READ);
      const { bytesRead } = await this.#handle.read(bytes, done, part, offset + done);
      if (bytesRead === 0) throw broken(this.path, 'it ends too early');
      done += bytesRead;
    }
    return bytes;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** Why a file is no checkpoint that we read; `why` ends a sentence. Names from the file are quoted by the caller. */
export function broken(
  path: string,
  why: string,
  hint = 'Download the file again, or choose another.',
): TesseraError {
  return new TesseraError('input', `${path} cannot be read as a checkpoint: ${why}.`, hint);
}

/** A name out of a file as it may be shown: quoted, without control characters, not long. */
export function shown(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 59)}…` : name);
}
