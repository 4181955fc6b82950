import { endianness } from 'node:os';

// ORT's ids are int64. Writing and reading their low words through an Int32Array avoids one BigInt per element;
// every platform of onnxruntime-node is little endian, and this says so if one ever is not.
if (endianness() !== 'LE') throw new Error('Tessera needs a little-endian machine.');

/** Ids as int64; none may be negative, so the high words stay 0. */
export function toInt64(ids: Int32Array): BigInt64Array<ArrayBuffer> {
  const wide = new BigInt64Array(ids.length);
  const words = new Int32Array(wide.buffer);
  for (let i = 0; i < ids.length; i++) words[2 * i] = ids[i]!;
  return wide;
}

/** The low words of int64 ids; callers check the range of what they get. */
export function fromInt64(wide: BigInt64Array): Int32Array {
  const words = new Int32Array(wide.buffer, wide.byteOffset, wide.length * 2);
  const ids = new Int32Array(wide.length);
  for (let i = 0; i < ids.length; i++) ids[i] = words[2 * i]!;
  return ids;
}
