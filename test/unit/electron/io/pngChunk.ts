import { crc32 } from 'node:zlib';

const AFTER_HEADER = 33; // signature and IHDR

/** A PNG with one more chunk, right after its header. */
export function withPngChunk(png: Uint8Array, type: string, content: Uint8Array): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([png.subarray(0, AFTER_HEADER), length, named, sum, png.subarray(AFTER_HEADER)]);
}
