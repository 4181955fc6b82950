import { crc32, deflateRawSync } from 'node:zlib';

/** An entry as an attacker could write it: nothing here is checked. */
export interface ZipEntry {
  readonly name: string;
  readonly data: Uint8Array;
  readonly deflate?: boolean;
  readonly mode?: number; // Unix mode, such as 0o120777 for a link
  readonly flags?: number; // general purpose bits, 1 = encrypted
  readonly declaredSize?: number; // what it claims to unpack to
}

/** The bytes of a zip archive. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const data = entry.deflate ? deflateRawSync(entry.data) : Buffer.from(entry.data);
    const common = commonHeader(entry, name, data);
    const local = Buffer.concat([u32(0x04034b50), common, name, data]);
    directory.push(
      Buffer.concat([
        u32(0x02014b50),
        u16((3 << 8) | 20), // made on Unix
        common,
        u16(0), // comment
        u16(0), // disk
        u16(0), // internal attributes
        u32(((entry.mode ?? 0o100644) << 16) >>> 0),
        u32(offset),
        name,
      ]),
    );
    files.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = u16(entries.length);
  const end = Buffer.concat([
    u32(0x06054b50),
    u16(0),
    u16(0),
    count,
    count,
    u32(central.length),
    u32(offset),
    u16(0),
  ]);
  return Buffer.concat([...files, central, end]);
}

/** The fields that the local header and the directory share, from "version needed" to "extra field length". */
function commonHeader(entry: ZipEntry, name: Buffer, data: Buffer): Buffer {
  return Buffer.concat([
    u16(20),
    u16(entry.flags ?? 0),
    u16(entry.deflate ? 8 : 0),
    u16(0), // time
    u16(0x5821), // date
    u32(crc32(entry.data)),
    u32(data.length),
    u32(entry.declaredSize ?? entry.data.length),
    u16(name.length),
    u16(0), // extra field
  ]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
