import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type Abort, throwIfAborted } from '../../core/base/abort.ts';

/** SHA-256 of bytes, in lowercase hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** SHA-256 of a file, read as a stream so that its size does not matter. */
export async function sha256OfFile(path: string, signal?: Abort): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    throwIfAborted(signal);
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}
