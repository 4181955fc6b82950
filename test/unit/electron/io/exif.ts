/** Fields of a small EXIF block as a camera might write it. */
export interface ExifFields {
  readonly orientation: number;
  readonly make: string;
  readonly width: number;
  readonly height: number;
  readonly little?: boolean;
  readonly thumbnail?: Uint8Array;
}

/** A TIFF structure with IFD0 (make, orientation, pointer), an Exif IFD (colour space, size) and, if given, a thumbnail. */
export function makeExif({
  orientation,
  make,
  width,
  height,
  little = true,
  thumbnail,
}: ExifFields): Uint8Array {
  const text = Buffer.from(`${make}\0`, 'latin1');
  const first = 8;
  const detail = first + 2 + 3 * 12 + 4;
  const second = detail + 2 + 3 * 12 + 4;
  const textAt = thumbnail ? second + 2 + 2 * 12 + 4 : second;
  const thumbnailAt = textAt + text.length;
  const out = Buffer.alloc(thumbnailAt + (thumbnail?.length ?? 0));
  const u16 = (at: number, v: number) => (little ? out.writeUInt16LE(v, at) : out.writeUInt16BE(v, at));
  const u32 = (at: number, v: number) => (little ? out.writeUInt32LE(v, at) : out.writeUInt32BE(v, at));
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    u16(at, tag);
    u16(at + 2, type);
    u32(at + 4, count);
    if (type === 3) u16(at + 8, value);
    else u32(at + 8, value);
  };
  out.write(little ? 'II' : 'MM', 0, 'latin1');
  u16(2, 42);
  u32(4, first);
  u16(first, 3);
  entry(first + 2, 0x010f, 2, text.length, textAt);
  entry(first + 14, 0x0112, 3, 1, orientation);
  entry(first + 26, 0x8769, 4, 1, detail);
  u32(first + 38, thumbnail ? second : 0);
  u16(detail, 3);
  entry(detail + 2, 0xa001, 3, 1, 65535);
  entry(detail + 14, 0xa002, 4, 1, width);
  entry(detail + 26, 0xa003, 3, 1, height);
  if (thumbnail) {
    u16(second, 2);
    entry(second + 2, 0x0201, 4, 1, thumbnailAt);
    entry(second + 14, 0x0202, 4, 1, thumbnail.length);
    out.set(thumbnail, thumbnailAt);
  }
  text.copy(out, textAt);
  return out;
}

/** A JPEG with an EXIF block right after its start, as cameras write it. */
export function withExif(jpeg: Uint8Array, exif: Uint8Array): Uint8Array {
  const length = exif.length + 8;
  const head = [0xff, 0xd8, 0xff, 0xe1, length >> 8, length & 255, ...Buffer.from('Exif\0\0', 'latin1')];
  return Buffer.concat([Uint8Array.from(head), exif, jpeg.subarray(2)]);
}
