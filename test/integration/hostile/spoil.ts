import type { Rng } from '../../../core/base/rng.ts';

/** Ways to make something of a file that no program wrote. Which one is chance, and so is where. */
const WAYS: readonly ((bytes: Buffer, rng: Rng) => Buffer)[] = [
  (bytes, rng) => bytes.subarray(0, rng.below(bytes.length)),
  (bytes, rng) => bytes.subarray(rng.below(bytes.length)),
  (bytes, rng) => overwritten(bytes, rng, randomBytes(rng, 1)),
  (bytes, rng) => overwritten(bytes, rng, randomBytes(rng, 8)),
  (bytes, rng) => overwritten(bytes, rng, Buffer.alloc(1 + rng.below(64))),
  (bytes, rng) => overwritten(bytes, rng, Buffer.alloc(4, 0xff)), // a length, a count, an offset
  (bytes, rng) => overwritten(bytes, rng, pick(rng, EXTREMES)),
  (bytes, rng) => {
    const [at, from] = [rng.below(bytes.length), rng.below(bytes.length)];
    const piece = bytes.subarray(from, from + 1 + rng.below(256));
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]); // something twice
  },
  (bytes, rng) => {
    const at = rng.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + rng.below(64))]);
  },
  (bytes, rng) => {
    const digits = [...bytes.toString('latin1').matchAll(/\d+/g)];
    if (digits.length === 0) return bytes;
    const { index, 0: digit } = pick(rng, digits);
    const number = pick(rng, ['-1', '1e999', '9007199254740993', '0.5', '""', 'null', '[]', '4294967296']);
    return Buffer.concat([
      bytes.subarray(0, index),
      Buffer.from(number),
      bytes.subarray(index + digit.length),
    ]);
  },
];

const EXTREMES = [
  Buffer.from([0x7f, 0xff, 0xff, 0xff]),
  Buffer.from([0xff, 0xff, 0xff, 0x7f]),
  Buffer.from([0, 0, 0, 0x80]),
  Buffer.from([1, 0, 0, 0]),
  Buffer.from('../../../etc/passwd\0'),
  Buffer.from('{"__proto__":{"polluted":1}}'),
];

/** A file with one to four things wrong with it. */
export function spoil(file: Uint8Array, rng: Rng): Buffer {
  let bytes: Buffer = Buffer.from(file);
  for (let times = 1 + rng.below(4); times > 0 && bytes.length > 0; times--)
    bytes = pick(rng, WAYS)(bytes, rng);
  return bytes;
}

export function pick<T>(rng: Rng, list: readonly T[]): T {
  return list[rng.below(list.length)]!;
}

function overwritten(bytes: Buffer, rng: Rng, piece: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const near = rng.below(3) === 0 ? bytes.length : Math.min(bytes.length, 512); // headers are where it matters
  piece.copy(copy, rng.below(near));
  return copy;
}

function randomBytes(rng: Rng, count: number): Buffer {
  return Buffer.from(Array.from({ length: count }, () => rng.below(256)));
}
