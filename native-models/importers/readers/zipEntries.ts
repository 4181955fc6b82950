import { broken, shown, type ByteFile } from './byteFile.ts';

/** Where the bytes of a stored entry begin, once its local header is read, and how many they are. */
export interface ZipEntry {
  readonly name: string;
  readonly header: number; // bytes from the start of the file
  readonly size: number; // bytes, as they lie in the file
  readonly compressed: boolean;
}

const MOST_ENTRIES = 100_000;
const LARGEST_DIRECTORY = 64 * 2 ** 20; // bytes
const END = 0x06054b50;
const END_SIZE = 22; // bytes, without the comment
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30; // bytes, without name and extra fields
const FULL_32 = 0xffffffff;

interface Directory {
  readonly offset: number;
  readonly size: number;
  readonly entries: number;
}

/**
 * The table of contents of a zip archive (zip and zip64: PKWARE APPNOTE 6.3). Entries that are compressed are only listed.
 *
 * @throws TesseraError 'input' if an entry is encrypted, there twice or outside of the file
 */
export async function readZipEntries(file: ByteFile): Promise<Map<string, ZipEntry>> {
  const directory = await findDirectory(file);
  const { offset, size } = directory;
  if (directory.entries > MOST_ENTRIES || size > LARGEST_DIRECTORY)
    throw broken(file.path, 'its archive has too many entries');
  if (offset + size > file.size) throw broken(file.path, 'its table of contents lies outside of it');
  const bytes = await file.read(offset, size);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  let total = 0;
  for (let i = 0; i < directory.entries; i++) {
    const { entry, next } = parseEntry(file, bytes, at);
    if (entries.has(entry.name)) throw broken(file.path, `its archive holds ${shown(entry.name)} twice`);
    entries.set(entry.name, entry);
    total += entry.size;
    at = next;
  }
  if (at !== size) throw broken(file.path, 'its table of contents has the wrong length');
  if (total > file.size) throw broken(file.path, 'entries of its archive overlap');
  return entries;
}

/** Where the bytes of an entry begin. The local header has its own padding, which the table of contents leaves out. */
export async function locateEntry(file: ByteFile, entry: ZipEntry): Promise<number> {
  const view = viewOf(await file.read(entry.header, LOCAL_SIZE));
  const nameLength = view.getUint16(26, true);
  const start = entry.header + LOCAL_SIZE + nameLength + view.getUint16(28, true);
  const sane = view.getUint32(0, true) === LOCAL && view.getUint16(8, true) === 0;
  const name = await file.read(entry.header + LOCAL_SIZE, nameLength);
  if (!sane || decode(name) !== entry.name || start + entry.size > file.size)
    throw broken(file.path, `its archive contradicts itself about ${shown(entry.name)}`);
  return start;
}

async function findDirectory(file: ByteFile): Promise<Directory> {
  const length = Math.min(file.size, END_SIZE + 0xffff);
  const start = file.size - length;
  const tail = viewOf(await file.read(start, length));
  for (let at = length - END_SIZE; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END || at + END_SIZE + tail.getUint16(at + 20, true) !== length)
      continue;
    const entries = tail.getUint16(at + 10, true);
    const size = tail.getUint32(at + 12, true);
    const offset = tail.getUint32(at + 16, true);
    const full = entries === 0xffff || size === FULL_32 || offset === FULL_32;
    return full ? await findDirectory64(file, start + at) : { entries, size, offset };
  }
  throw broken(file.path, 'its archive has no table of contents, so a part of the file is missing');
}

async function findDirectory64(file: ByteFile, end: number): Promise<Directory> {
  const locator = viewOf(await file.read(end - 20, 20));
  if (locator.getUint32(0, true) !== LOCATOR_64)
    throw broken(file.path, 'its archive has no table of contents for large files');
  const record = viewOf(await file.read(whole(file, locator, 8), 56));
  if (record.getUint32(0, true) !== END_64)
    throw broken(file.path, 'its archive has no table of contents for large files');
  return {
    entries: whole(file, record, 32),
    size: whole(file, record, 40),
    offset: whole(file, record, 48),
  };
}

function parseEntry(file: ByteFile, bytes: Uint8Array, at: number): { entry: ZipEntry; next: number } {
  const view = viewOf(bytes);
  if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY)
    throw broken(file.path, 'its table of contents is damaged');
  const nameEnd = at + 46 + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  const next = extraEnd + view.getUint16(at + 32, true);
  if (next > bytes.length) throw broken(file.path, 'its table of contents is damaged');
  const name = decode(bytes.subarray(at + 46, nameEnd));
  if (view.getUint16(at + 8, true) & 1) throw broken(file.path, `its entry ${shown(name)} is encrypted`);
  const compressed = view.getUint16(at + 10, true) !== 0;
  // Order of the 64-bit fields: unpacked, packed, header; each only where the 32-bit one is full (APPNOTE 4.5.3).
  const large = new LargeFields(file, bytes.subarray(nameEnd, extraEnd));
  const size = large.resolve(view.getUint32(at + 24, true));
  const packed = large.resolve(view.getUint32(at + 20, true));
  const header = large.resolve(view.getUint32(at + 42, true));
  if ((size !== packed && !compressed) || header + LOCAL_SIZE + packed > file.size)
    throw broken(file.path, `its entry ${shown(name)} is larger than the file`);
  return { entry: { name, header, size: packed, compressed }, next };
}

/** The 64-bit sizes of an entry, in the order in which they lie. */
class LargeFields {
  readonly #file: ByteFile;
  readonly #fields: DataView | null;
  #at = 0;

  constructor(file: ByteFile, extra: Uint8Array) {
    this.#file = file;
    this.#fields = zip64Field(extra);
  }

  resolve(small: number): number {
    if (small !== FULL_32) return small;
    if (!this.#fields || this.#at + 8 > this.#fields.byteLength)
      throw broken(this.#file.path, 'its archive leaves out the size of a large entry');
    this.#at += 8;
    return whole(this.#file, this.#fields, this.#at - 8);
  }
}

function zip64Field(extra: Uint8Array): DataView | null {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length;) {
    const length = view.getUint16(at + 2, true);
    if (at + 4 + length > extra.length) return null;
    if (view.getUint16(at, true) === 1) return viewOf(extra.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}

function whole(file: ByteFile, view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  if (value > BigInt(file.size)) throw broken(file.path, 'its archive speaks of more than the file holds');
  return Number(value);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
