import { viewOf } from '../../metadata/blocks.ts';
import { type Density, withDensity } from '../../metadata/density.ts';
import { runLengthIndices } from './bmpRuns.ts';
import { Damaged, expectWhole, type ForeignPicture, reading } from './picture.ts';

/** How the pixels of a BMP are stored. */
interface Bitmap {
  readonly width: number; // px
  readonly height: number; // px
  readonly isTopDown: boolean;
  readonly bits: number; // per px
  readonly compression: number;
  readonly pixelsAt: number; // byte
  readonly palette: Uint8Array; // RGB, three bytes a colour
  readonly masks: readonly number[]; // of red, green, blue and alpha, within 16 or 32 bits
}

const FILE_HEADER = 14; // bytes
const CORE_HEADER = 12; // of OS/2, with sizes of 16 bits
const PLAIN = 0;
const RUNS = { 8: 1, 4: 2 } as const; // run lengths, by bits of an index
const FIELDS: readonly number[] = [3, 6];
const USUAL_MASKS: Readonly<Record<number, readonly number[]>> = {
  16: [0x7c00, 0x03e0, 0x001f, 0],
  32: [0xff0000, 0xff00, 0xff, 0],
};
const M_PER_INCH = 0.0254;
const EMBEDDED = 0x4d424544; // 'MBED'

/** Reads the header of a BMP of Windows or OS/2. @throws Damaged where there is none that can be */
export function readBmp(file: Uint8Array): ForeignPicture {
  return reading(() => {
    const bitmap = bitmapOf(file);
    const { width, height, masks } = bitmap;
    const bands = (masks[3] ?? 0) !== 0 ? 4 : 3;
    const density = densityOf(file);
    const icc = profileIn(file);
    return {
      width,
      height,
      bands,
      space: 'srgb',
      deep: false,
      bits: 8,
      ...(icc && { icc }),
      ...(density && { exif: withDensity(undefined, density) }),
      decode: () => reading(() => samplesOf(file, bitmap, bands)),
    };
  });
}

function bitmapOf(file: Uint8Array): Bitmap {
  const view = viewOf(file);
  const length = view.getUint32(FILE_HEADER, true);
  const isCore = length === CORE_HEADER;
  const width = isCore ? view.getUint16(18, true) : view.getInt32(18, true);
  const tall = isCore ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(isCore ? 24 : 28, true);
  const compression = length < 20 ? PLAIN : view.getUint32(30, true);
  expectWhole(width > 0 && tall !== 0 && [1, 2, 4, 8, 16, 24, 32].includes(bits), 'no picture');
  const isIndexed = bits <= 8;
  const isRuns = (bits === 8 || bits === 4) && compression === RUNS[bits];
  const isFields = (bits === 16 || bits === 32) && FIELDS.includes(compression);
  if (compression !== PLAIN && !isRuns && !isFields) throw new Damaged('an unknown compression');
  const masksAt = FILE_HEADER + 40; // in the header, or after one of 40 bytes
  const masks = isFields ? masksIn(view, masksAt, length > 52 || compression === 6) : USUAL_MASKS[bits];
  const after = FILE_HEADER + length + (isFields && length === 40 ? (compression === 6 ? 16 : 12) : 0);
  const used = isCore || length < 36 ? 0 : view.getUint32(46, true);
  return {
    width,
    height: Math.abs(tall),
    isTopDown: tall < 0,
    bits,
    compression,
    pixelsAt: view.getUint32(10, true),
    palette: isIndexed ? paletteIn(file, after, used || 2 ** bits, isCore ? 3 : 4) : new Uint8Array(),
    masks: masks ?? [],
  };
}

function masksIn(view: DataView, at: number, hasAlpha: boolean): number[] {
  return [0, 1, 2, 3].map((i) => (i < 3 || hasAlpha ? view.getUint32(at + 4 * i, true) : 0));
}

/** Its colours as RGB; what an index says beyond them is black. */
function paletteIn(file: Uint8Array, at: number, count: number, bytes: number): Uint8Array {
  const palette = new Uint8Array(256 * 3);
  for (let i = 0; i < Math.min(256, count) && at + i * bytes + 3 <= file.length; i++) {
    for (let band = 0; band < 3; band++) palette[3 * i + band] = file[at + i * bytes + 2 - band]!;
  }
  return palette;
}

function samplesOf(file: Uint8Array, bitmap: Bitmap, bands: number): Uint8Array {
  const { bits, compression } = bitmap;
  if (bits <= 8) return coloured(bitmap, compression === PLAIN ? indices(file, bitmap) : runs(file, bitmap));
  return bits === 24 ? bytesOf(file, bitmap) : fieldsOf(file, bitmap, bands);
}

function runs(file: Uint8Array, { width, height, bits, isTopDown, pixelsAt }: Bitmap): Uint8Array {
  const data = file.subarray(pixelsAt);
  const found = runLengthIndices(data, { width, height }, bits as 4 | 8);
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    out.set(found.subarray(y * width, (y + 1) * width), (isTopDown ? y : height - 1 - y) * width);
  }
  return out;
}

/** Where rows begin in the file, as they are seen. @throws Damaged where the last is not whole */
function rowPlaces(
  file: Uint8Array,
  { width, height, bits, isTopDown, pixelsAt }: Bitmap,
): (y: number) => number {
  const stride = 4 * Math.ceil((width * bits) / 32);
  const last = Math.ceil((width * bits) / 8); // some writers do not fill up the last row
  expectWhole(pixelsAt >= FILE_HEADER && pixelsAt + stride * (height - 1) + last <= file.length, 'too short');
  return (y) => pixelsAt + stride * (isTopDown ? y : height - 1 - y);
}

function indices(file: Uint8Array, bitmap: Bitmap): Uint8Array {
  const { width, height, bits } = bitmap;
  const placeOf = rowPlaces(file, bitmap);
  const out = new Uint8Array(width * height);
  const mask = 2 ** bits - 1;
  for (let y = 0; y < height; y++) {
    const from = placeOf(y);
    for (let x = 0; x < width; x++) {
      const bit = x * bits;
      out[y * width + x] = (file[from + (bit >> 3)]! >> (8 - bits - (bit & 7))) & mask;
    }
  }
  return out;
}

function coloured({ palette }: Bitmap, found: Uint8Array): Uint8Array {
  const out = new Uint8Array(found.length * 3);
  for (let i = 0; i < found.length; i++) {
    const from = 3 * found[i]!;
    out[3 * i] = palette[from]!;
    out[3 * i + 1] = palette[from + 1]!;
    out[3 * i + 2] = palette[from + 2]!;
  }
  return out;
}

function bytesOf(file: Uint8Array, bitmap: Bitmap): Uint8Array {
  const { width, height } = bitmap;
  const placeOf = rowPlaces(file, bitmap);
  const out = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = placeOf(y);
    for (let x = 0, to = y * width * 3; x < width * 3; x += 3, to += 3) {
      out[to] = file[from + x + 2]!;
      out[to + 1] = file[from + x + 1]!;
      out[to + 2] = file[from + x]!;
    }
  }
  return out;
}

/** Pixels of 16 or 32 bits, whose colours lie where their masks say. */
function fieldsOf(file: Uint8Array, bitmap: Bitmap, bands: number): Uint8Array {
  const { width, height, bits, masks } = bitmap;
  const view = viewOf(file);
  const placeOf = rowPlaces(file, bitmap);
  const out = new Uint8Array(width * height * bands);
  const fields = masks.slice(0, bands).map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    const most = mask >>> shift;
    return { mask, shift, scale: most === 0 ? 0 : 255 / most };
  });
  const bytes = bits / 8;
  for (let y = 0; y < height; y++) {
    const from = placeOf(y);
    for (let x = 0, to = y * width * bands; x < width; x++) {
      const at = from + x * bytes;
      const value = bytes === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
      for (const { mask, shift, scale } of fields) out[to++] = Math.round(((value & mask) >>> shift) * scale);
    }
  }
  return out;
}

/** The profile that a header of version 5 has with it. */
function profileIn(file: Uint8Array): Uint8Array | undefined {
  const view = viewOf(file);
  if (view.getUint32(FILE_HEADER, true) !== 124 || view.getUint32(70, true) !== EMBEDDED) return undefined;
  const at = FILE_HEADER + view.getUint32(126, true);
  const end = at + view.getUint32(130, true);
  return end > at && end <= file.length ? file.slice(at, end) : undefined;
}

function densityOf(file: Uint8Array): Density | null {
  const view = viewOf(file);
  if (view.getUint32(FILE_HEADER, true) < 40) return null;
  const [x, y] = [view.getInt32(38, true), view.getInt32(42, true)];
  return x > 0 && y > 0 ? { x: x * M_PER_INCH, y: y * M_PER_INCH } : null;
}
