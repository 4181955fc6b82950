import { deflateSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { Rng } from '../../../core/base/rng.ts';
import { pngChunk } from '../../../electron/io/metadata/pngBlocks.ts';
import { zip } from '../native-models/runtime/zip.ts';
import { pick, spoil } from './spoil.ts';

// Checksums and lengths stop most damage before it is looked at. Here the content is wrong and its seals are right.

/** A file with something wrong inside whose outside fits; null where its format has no outside that we know. */
export function reseal(file: Buffer, rng: Rng): Buffer | null {
  const head = file.toString('latin1', 0, 16);
  if (head.startsWith('\x89PNG')) return resealPng(file, rng);
  if (head.startsWith('PK')) return resealZip(file, rng);
  if (head.startsWith('II*\0')) return resealTiff(file, rng);
  if (head.startsWith('RIFF')) return resealChunks(file, rng, WEBP);
  if (head.slice(4, 8) === 'ftyp') return resealChunks(file, rng, BOXES);
  if (head.startsWith('\xff\xd8')) return resealJpeg(file, rng);
  if (head.startsWith('\x93NUMPY')) return resealNpy(file, rng);
  if (/^\s*[{[]/.test(head)) return resealJson(file, rng);
  return head[8] === '{' ? resealSafetensors(file, rng) : null;
}

/** One of several; or dropped, doubled, moved; or changed by `change`. */
function shuffled<T>(parts: readonly T[], rng: Rng, change: (part: T) => T): T[] {
  if (parts.length === 0) return [];
  const out = [...parts];
  const at = rng.below(out.length);
  switch (rng.below(6)) {
    case 0:
      out.splice(at, 1);
      break;
    case 1:
      out.splice(at, 0, out[at]!);
      break;
    case 2:
      out.splice(rng.below(out.length), 0, ...out.splice(at, 1));
      break;
    default:
      out[at] = change(out[at]!);
  }
  return out;
}

interface PngPart {
  readonly type: string;
  readonly body: Buffer;
}

function resealPng(file: Buffer, rng: Rng): Buffer {
  const chunks: PngPart[] = [];
  for (let at = 8; at + 12 <= file.length;) {
    const length = file.readUInt32BE(at);
    chunks.push({
      type: file.toString('latin1', at + 4, at + 8),
      body: file.subarray(at + 8, at + 8 + length),
    });
    at += 12 + length;
  }
  const changed = shuffled(chunks, rng, ({ type, body }) => ({ type, body: inside(body, rng) }));
  return Buffer.concat([file.subarray(0, 8), ...changed.map(({ type, body }) => pngChunk(type, body))]);
}

/** Deflated content is changed where it is not deflated. */
function inside(body: Buffer, rng: Rng): Buffer {
  if (body[0] === 0x78 && rng.below(2) === 0) {
    try {
      return deflateSync(spoil(inflateSync(body), rng));
    } catch {
      return spoil(body, rng); // only a piece of a stream
    }
  }
  return spoil(body, rng);
}

function resealZip(file: Buffer, rng: Rng): Buffer {
  const entries: { name: string; data: Buffer }[] = [];
  for (let at = 0; at + 30 <= file.length && file.readUInt32LE(at) === 0x04034b50;) {
    const [method, packed] = [file.readUInt16LE(at + 8), file.readUInt32LE(at + 18)];
    const from = at + 30 + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28);
    const name = file.toString('utf8', at + 30, at + 30 + file.readUInt16LE(at + 26));
    const body = file.subarray(from, from + packed);
    entries.push({ name, data: method === 8 ? inflateRawSync(body) : body });
    at = from + packed;
  }
  const changed = shuffled(entries, rng, ({ name, data }) =>
    rng.below(8) === 0
      ? { name: pick(rng, NAMES), data }
      : { name, data: reseal(data, rng) ?? spoil(data, rng) },
  );
  return zip(changed.map((entry) => ({ ...entry, deflate: rng.below(2) === 0 })));
}

const NAMES = [
  '../evil',
  '/evil',
  'manifest.json',
  'tiles/0.bin',
  'a/../../evil',
  'CON',
  'x'.repeat(300),
  '',
];

/** Tags of the first directory get other types, counts and values. */
function resealTiff(file: Buffer, rng: Rng): Buffer {
  const copy = Buffer.from(file);
  const directory = copy.readUInt32LE(4);
  if (directory + 2 > copy.length) return copy;
  const count = copy.readUInt16LE(directory);
  for (let times = 1 + rng.below(3); times > 0; times--) {
    const entry = directory + 2 + rng.below(Math.max(1, count)) * 12;
    if (entry + 12 > copy.length) continue;
    if (rng.below(3) === 0) copy.writeUInt16LE(rng.below(20), entry + 2);
    if (rng.below(3) === 0) copy.writeUInt32LE(pick(rng, COUNTS), entry + 4);
    if (rng.below(2) === 0) copy.writeUInt32LE(pick(rng, COUNTS), entry + 8);
    if (rng.below(4) === 0) copy.writeUInt16LE(254 + rng.below(100), entry);
  }
  return copy;
}

const COUNTS = [0, 1, 2, 3, 7, 8, 255, 256, 30_000, 65_535, 0x7fffffff, 0xffffffff];

/** How parts of a file are laid out: where they begin, their length, and what is written anew around them. */
interface Layout {
  readonly begin: number;
  readonly lengthOf: (file: Buffer, at: number) => number; // of all of it
  readonly head: number; // bytes
  readonly sealed: (part: Buffer) => Buffer;
  readonly whole: (start: Buffer, parts: readonly Buffer[]) => Buffer;
}

const WEBP: Layout = {
  begin: 12,
  lengthOf: (file, at) => 8 + file.readUInt32LE(at + 4) + (file.readUInt32LE(at + 4) & 1),
  head: 8,
  sealed(part) {
    const even = part.length % 2 === 0 ? part : Buffer.concat([part, Buffer.alloc(1)]);
    even.writeUInt32LE(even.length - 8, 4);
    return even;
  },
  whole(start, parts) {
    const out = Buffer.concat([start, ...parts]);
    out.writeUInt32LE(out.length - 8, 4);
    return out;
  },
};

const BOXES: Layout = {
  begin: 0,
  lengthOf: (file, at) => Math.max(8, file.readUInt32BE(at)),
  head: 8,
  sealed(part) {
    part.writeUInt32BE(part.length, 0);
    return part;
  },
  whole: (start, parts) => Buffer.concat([start, ...parts]),
};

function resealChunks(file: Buffer, rng: Rng, { begin, lengthOf, head, sealed, whole }: Layout): Buffer {
  const parts: Buffer[] = [];
  for (let at = begin; at + head <= file.length; at += lengthOf(file, at)) {
    parts.push(file.subarray(at, at + lengthOf(file, at)));
  }
  const changed = shuffled(parts, rng, (part) =>
    sealed(Buffer.concat([part.subarray(0, head), spoil(part.subarray(head), rng)])),
  );
  return whole(Buffer.from(file.subarray(0, begin)), changed);
}

/** Segments before the scan; the scan itself is only spoiled. */
function resealJpeg(file: Buffer, rng: Rng): Buffer {
  const parts: Buffer[] = [];
  let at = 2;
  while (at + 4 <= file.length && file[at] === 0xff && file[at + 1] !== 0xda) {
    const length = 2 + file.readUInt16BE(at + 2);
    parts.push(file.subarray(at, at + length));
    at += length;
  }
  const changed = shuffled(parts, rng, (part) => {
    const body = spoil(part.subarray(4), rng).subarray(0, 65_000);
    const head = Buffer.from(part.subarray(0, 4));
    head.writeUInt16BE(2 + body.length, 2);
    return Buffer.concat([head, body]);
  });
  const scan = rng.below(4) === 0 ? spoil(file.subarray(at), rng) : file.subarray(at);
  return Buffer.concat([file.subarray(0, 2), ...changed, scan]);
}

function resealNpy(file: Buffer, rng: Rng): Buffer {
  const length = file.readUInt16LE(8);
  const text = pick(rng, [
    (old: string) =>
      old.replace(/\(.*?\)/, pick(rng, ['(0, 0)', '(99999, 99999)', '(-1, 12)', '(12,)', '()'])),
    (old: string) => old.replace(/'<?..'/, pick(rng, ["'>i4'", "'<f8'", "'|O'", "'<U9'", "'<i8'"])),
    (old: string) => spoil(Buffer.from(old), rng).toString('latin1'),
  ])(file.toString('latin1', 10, 10 + length));
  const head = Buffer.from(file.subarray(0, 10));
  head.writeUInt16LE(text.length, 8);
  return Buffer.concat([head, Buffer.from(text, 'latin1'), file.subarray(10 + length)]);
}

function resealSafetensors(file: Buffer, rng: Rng): Buffer {
  const length = Number(file.readBigUInt64LE(0));
  const header = resealJson(file.subarray(8, 8 + length), rng);
  const head = Buffer.alloc(8);
  head.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([head, header, file.subarray(8 + length)]);
}

/** One to three values anywhere in JSON are something else. */
function resealJson(file: Buffer, rng: Rng): Buffer {
  let value: unknown;
  try {
    value = JSON.parse(file.toString());
  } catch {
    return spoil(file, rng);
  }
  const holder = { value };
  for (let times = 1 + rng.below(3); times > 0; times--) {
    const places = placesIn(holder);
    if (places.length === 0) break;
    const [owner, key] = pick(rng, places);
    if (rng.below(6) === 0) Reflect.deleteProperty(owner, key);
    else Object.assign(owner, { [key]: structuredClone(pick(rng, STRANGE)) });
  }
  return Buffer.from(JSON.stringify(holder.value ?? null));
}

function placesIn(value: object): [owner: object, key: string][] {
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) => [
    [value, key] as [object, string],
    ...(typeof member === 'object' && member !== null ? placesIn(member) : []),
  ]);
}

/** Arrays and texts so long that whatever quotes them has to cut. */
const STRANGE: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  0.5,
  1e300,
  2 ** 53,
  '',
  'x'.repeat(5000),
  '../../etc/passwd',
  'a\nb\u202ec',
  [],
  {},
  [[[[[[]]]]]],
  Array.from({ length: 5000 }, (_, i) => i),
  { constructor: { prototype: { polluted: 1 } } },
];
