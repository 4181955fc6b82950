import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import {
  type Entry,
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  RandomAccessReader,
  type ZipFile,
} from 'yauzl';
import { broken } from '../../../core/document/project/parse.ts';
import { readAt } from '../files/readAt.ts';
import { fileSize, readFailure } from '../files/readBytes.ts';
import { ENTRY_NAME, FOLDERS } from './entries.ts';
import type { ProjectSource } from './source.ts';

const inflated = promisify(inflateRaw);

/** More entries than any project has that fits into memory. */
const MOST_ENTRIES = 100_000;

/** Headers that are read at the same time. */
const AT_ONCE = 64;

/** A project in a zip. */
export interface ZipSource extends ProjectSource {
  /** Where the bytes of entries lie that are not deflated, by their names; `wanted` are those that matter. */
  stored(
    wanted?: ReadonlySet<string>,
  ): Promise<ReadonlyMap<string, { readonly offset: number; readonly length: number }>>;
}

/**
 * Opens a project file and checks its table of contents; nothing is unpacked yet.
 *
 * @param source what to call the file in messages
 * @throws TesseraError 'input' where it cannot be read, is damaged, or holds what no project does
 */
export async function openZip(path: string, source: string): Promise<ZipSource> {
  await fileSize(path); // a pipe would be waited for without end
  const file = await open(path, 'r').catch((error: unknown) => {
    throw readFailure(path, error);
  });
  try {
    const entries = await readDirectory(file, source);
    return {
      async read(name, mostBytes) {
        const entry = entries.get(name);
        if (!entry) return null;
        return unpack(file, entry, mostBytes).catch((cause: unknown) => {
          throw broken(source, `${name} is damaged`, cause);
        });
      },
      async stored(wanted) {
        const places = new Map<string, { offset: number; length: number }>();
        const all = [...entries].filter(
          ([name, { compressionMethod }]) => compressionMethod === STORED && (wanted?.has(name) ?? true),
        );
        for (let from = 0; from < all.length; from += AT_ONCE) {
          const some = all.slice(from, from + AT_ONCE);
          const offsets = await Promise.all(
            some.map(([, entry]) => dataStart(file, entry).catch(() => null)),
          );
          for (const [i, [name, entry]] of some.entries()) {
            const offset = offsets[i];
            if (offset != null) places.set(name, { offset, length: entry.compressedSize }); // else reading it tells
          }
        }
        return places;
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readDirectory(file: FileHandle, source: string): Promise<ReadonlyMap<string, Entry>> {
  const zip = await openDirectory(file, source);
  try {
    return await readEntries(zip, source);
  } finally {
    zip.close();
  }
}

/** Reads in large pieces: yauzl asks for each entry by itself, and twice. */
class PieceReader extends RandomAccessReader {
  private piece: Uint8Array = new Uint8Array(0);
  private start = 0; // of the piece, in the file
  private readonly file: FileHandle;
  private readonly size: number;

  constructor(file: FileHandle, size: number) {
    super();
    this.file = file;
    this.size = size;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.take(position, length).then((bytes) => {
      buffer.set(bytes, offset);
      callback(null);
    }, callback);
  }

  /** No entry is read through it. */
  override _readStreamForRange(): Readable {
    return Readable.from([]);
  }

  private async take(position: number, length: number): Promise<Uint8Array> {
    if (position < this.start || position + length > this.start + this.piece.length) {
      const end = Math.min(this.size, position + Math.max(length, PIECE));
      this.piece = await readAt(this.file, position, Math.max(length, end - position));
      this.start = position;
    }
    return this.piece.subarray(position - this.start, position - this.start + length);
  }
}

const PIECE = 2 ** 20; // bytes

async function openDirectory(file: FileHandle, source: string): Promise<ZipFile> {
  try {
    const { size } = await file.stat();
    // Names stay raw, so that bad ones get a sentence of ours.
    const options = { autoClose: false, decodeStrings: false } as const;
    return await fromRandomAccessReaderPromise(new PieceReader(file, size), size, options);
  } catch (cause) {
    throw broken(source, 'it is no complete zip file', cause);
  }
}

/** The entries by name. Nothing is ever written under their names, but what no project holds is a mistake or worse. */
async function readEntries(zip: ZipFile, source: string): Promise<ReadonlyMap<string, Entry>> {
  const byName = new Map<string, Entry>();
  if (zip.entryCount > MOST_ENTRIES) throw broken(source, `it has ${zip.entryCount} entries`);
  for await (const entry of entriesOf(zip, source)) {
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
    const shown = JSON.stringify(name.slice(0, 100)); // control characters must not reach the screen
    if (FOLDERS.some((folder) => name === `${folder}/`)) continue; // other programs write folders, too
    if (!ENTRY_NAME.test(name)) throw broken(source, `${shown} does not belong into one`);
    if (byName.has(name)) throw broken(source, `it has ${shown} twice`);
    if (entry.isEncrypted()) throw broken(source, `${shown} is encrypted`);
    byName.set(name, entry);
  }
  return byName;
}

async function* entriesOf(zip: ZipFile, source: string): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch (cause) {
    throw broken(source, 'its table of contents is damaged', cause);
  }
}

/** Reads by place, not by yauzl's streams: one that is given up while others wait throws where nobody can catch it. */
async function unpack(file: FileHandle, entry: Entry, mostBytes: number): Promise<Uint8Array> {
  const { compressedSize, uncompressedSize, compressionMethod } = entry;
  if (Math.max(compressedSize / 2, uncompressedSize) > mostBytes) {
    throw new RangeError(`${uncompressedSize} bytes`);
  }
  const raw = await readAt(file, await dataStart(file, entry), compressedSize);
  const bytes = await UNPACK[compressionMethod]?.(raw, Math.max(1, uncompressedSize));
  if (bytes?.length !== uncompressedSize || crc32(bytes) !== entry.crc32) {
    throw new RangeError('other bytes than were packed');
  }
  return bytes;
}

// Zip's numbers of the methods that programs use.
const STORED = 0;
const DEFLATED = 8;

const UNPACK: Readonly<Record<number, (raw: Uint8Array, bytes: number) => Promise<Uint8Array>>> = {
  [STORED]: (raw) => Promise.resolve(raw),
  [DEFLATED]: (raw, bytes) => inflated(raw, { maxOutputLength: bytes }),
};

const HEADER = 30; // bytes of a local header, before the name and what is extra

async function dataStart(file: FileHandle, { relativeOffsetOfLocalHeader: at }: Entry): Promise<number> {
  const header = Buffer.from(await readAt(file, at, HEADER));
  return at + HEADER + header.readUInt16LE(26) + header.readUInt16LE(28);
}
