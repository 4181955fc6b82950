import type { FileHandle } from 'node:fs/promises';

/** The bytes at a place of an open file. @throws RangeError where the file ends before */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let got = 0;
  while (got < length) {
    const { bytesRead } = await file.read(bytes, got, length - got, position + got);
    if (bytesRead === 0) throw new RangeError('The file ends before the bytes that were asked for.');
    got += bytesRead;
  }
  return bytes;
}
