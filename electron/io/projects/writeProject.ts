import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { type Abort, throwIfAborted } from '../../../core/base/abort.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { atomicReplace } from '../files/atomicWrite.ts';
import { MANIFEST } from './entries.ts';

/** An entry of a project that is to be written. */
export interface EntryToWrite {
  readonly name: string;
  readonly bytes: number;
  readonly compress: boolean;
  /** Called when its turn comes. */
  readonly read: () => Promise<Uint8Array | null>;
}

export interface WriteProjectOptions {
  readonly signal?: Abort;
  readonly onProgress?: (done: number) => void; // 0 .. 1
}

/** Saving the same document again gives the same bytes. */
const ENTRY = { mtime: new Date(Date.UTC(2000, 0, 1)), mode: 0o100644 } as const;

/**
 * Writes a project file, streaming, so that `path` holds either what it held before or all of it.
 * @throws TesseraError 'output' in one sentence, or 'aborted'
 */
export async function writeProject(
  path: string,
  manifest: string,
  entries: readonly EntryToWrite[],
  options: WriteProjectOptions = {},
): Promise<void> {
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  await atomicReplace(path, async (file) => {
    const zip = zipOf(manifest, entries);
    const failed = new AbortController(); // of the zip, whose stream would then wait for ever
    zip.once('error', (error: Error) => {
      failed.abort(error);
    });
    try {
      await pipeline(zip.outputStream, sink(file, total, options), { signal: failed.signal });
    } catch (error) {
      if (!failed.signal.aborted) throw error;
      const { reason } = failed.signal as { reason: unknown };
      throw new TesseraError('output', 'Parts of the document could not be read.', 'Save it again.', {
        cause: reason,
      });
    }
  });
}

function zipOf(manifest: string, entries: readonly EntryToWrite[]): ZipFile {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(manifest), MANIFEST, ENTRY);
  for (const { name, bytes, compress, read } of entries) {
    zip.addReadStreamLazy(name, { ...ENTRY, compress, size: bytes }, (give) => {
      read().then(
        (content) => {
          give(content ? null : new Error(`${name} is gone`), Readable.from(content ? [content] : []));
        },
        (error: unknown) => {
          give(error, Readable.from([]));
        },
      );
    });
  }
  zip.end();
  return zip;
}

/** Writes to a file until the signal says stop, and tells how many of about `total` bytes are written. */
function sink(file: FileHandle, total: number, { signal, onProgress }: WriteProjectOptions) {
  return async (chunks: AsyncIterable<string | Uint8Array>): Promise<void> => {
    let written = 0;
    let told = 0;
    for await (const chunk of chunks) {
      throwIfAborted(signal);
      await file.writeFile(chunk); // where the last one ended
      written += chunk.length;
      const percent = Math.min(100, Math.floor((100 * written) / (total + 1)));
      if (percent > told) onProgress?.((told = percent) / 100);
    }
  };
}
