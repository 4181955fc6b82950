import { constants, crc32, deflateSync, inflateSync } from 'node:zlib';
import { concat, viewOf } from '../metadata/blocks.ts';
import { pngChunk } from '../metadata/pngBlocks.ts';

/** A pass of Adam7 (PNG, third edition, 8.1): its first pixel, its steps, and the block that a pixel stands for so far. */
interface Pass {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  readonly block: readonly [number, number]; // px, width and height
}

const PASSES: readonly Pass[] = [
  { x: 0, y: 0, dx: 8, dy: 8, block: [8, 8] },
  { x: 4, y: 0, dx: 8, dy: 8, block: [4, 8] },
  { x: 0, y: 4, dx: 4, dy: 8, block: [4, 4] },
  { x: 2, y: 0, dx: 4, dy: 4, block: [2, 4] },
  { x: 0, y: 2, dx: 2, dy: 4, block: [2, 2] },
  { x: 1, y: 0, dx: 2, dy: 2, block: [1, 2] },
  { x: 0, y: 1, dx: 1, dy: 2, block: [1, 1] },
];

/** How the pixels of a PNG lie in its rows. */
interface Layout {
  readonly width: number; // px
  readonly height: number; // px
  readonly bits: number; // per px
}

/** A PNG that a decoder takes for whole. */
export interface CompletedPng {
  readonly bytes: Uint8Array;
  readonly rows: number; // of which something is there
}

/**
 * An interlaced PNG that is cut off, without interlacing: the passes that are there, and for each pixel that is not the
 * nearest one of an earlier pass. Null for a file that is not interlaced, or has nothing of its picture.
 */
export function completeInterlaced(file: Uint8Array): CompletedPng | null {
  const { header, before, data } = chunksOf(file);
  const layout = header && layoutOf(header);
  if (!header || !layout) return null;
  const read = inflated(data, layout);
  if (!read) return null;
  const { samples, rows } = placed(read, layout);
  if (rows === 0) return null;
  const plain = header.slice();
  plain[INTERLACE] = 0;
  return {
    bytes: concat([
      file.subarray(0, SIGNATURE),
      pngChunk('IHDR', plain),
      ...before,
      pngChunk('IDAT', deflateSync(packed(samples, layout), { level: 1 })),
      pngChunk('IEND', new Uint8Array()),
    ]),
    rows,
  };
}

const SIGNATURE = 8; // bytes
const HEADER = 13; // bytes
const INTERLACE = 12; // where the header says so

interface Chunks {
  readonly header: Uint8Array | null;
  readonly before: readonly Uint8Array[]; // whole chunks between the header and the pixels
  readonly data: Uint8Array; // of the pixels, as far as it is intact
}

function chunksOf(file: Uint8Array): Chunks {
  const view = viewOf(file);
  const before: Uint8Array[] = [];
  const data: Uint8Array[] = [];
  let header: Uint8Array | null = null;
  for (let at = SIGNATURE; at + 8 <= file.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    const content = file.subarray(at + 8, at + 8 + length);
    const end = at + 12 + length;
    const isWhole = end <= file.length;
    if (isWhole && view.getUint32(end - 4) !== crc32(file.subarray(at + 4, end - 4))) break;
    if (type === 'IDAT') data.push(content);
    else if (!isWhole || data.length > 0) break;
    else if (type === 'IHDR') header = length === HEADER ? content : null;
    else before.push(file.subarray(at, end));
    at = end;
  }
  return { header, before, data: concat(data) };
}

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }; // by colour type

function layoutOf(header: Uint8Array): Layout | null {
  const view = viewOf(header);
  const channels = CHANNELS[header[9]!];
  if (header[INTERLACE] !== 1 || channels === undefined) return null;
  return { width: view.getUint32(0), height: view.getUint32(4), bits: header[8]! * channels };
}

/** The pixels of a pass: columns and rows. */
function sizeOf({ x, y, dx, dy }: Pass, { width, height }: Layout): { columns: number; rows: number } {
  const columns = Math.ceil((width - x) / dx);
  const rows = Math.ceil((height - y) / dy);
  return columns > 0 && rows > 0 ? { columns, rows } : { columns: 0, rows: 0 };
}

/** Bytes of a row of pixels. */
function stride(columns: number, bits: number): number {
  return Math.ceil((columns * bits) / 8);
}

/** The filtered rows of all passes, as many as are there; null where the stream itself is damaged. */
function inflated(data: Uint8Array, layout: Layout): Uint8Array | null {
  const all = PASSES.reduce((sum, pass) => {
    const { columns, rows } = sizeOf(pass, layout);
    return sum + rows * (1 + stride(columns, layout.bits));
  }, 0);
  try {
    return inflateSync(data, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: all });
  } catch {
    return null;
  }
}

/** Pixels of one sample of less than 8 bits take a byte each; others their own bytes: [height, width, unit]. */
function placed(read: Uint8Array, layout: Layout): { samples: Uint8Array; rows: number } {
  const { width, height, bits } = layout;
  const unit = Math.max(1, bits >> 3); // bytes
  const samples = new Uint8Array(width * height * unit);
  const complete = completePasses(read.length, layout);
  let at = 0;
  let covered = 0;
  for (const [number, pass] of PASSES.entries()) {
    const { columns, rows } = sizeOf(pass, layout);
    const bytes = stride(columns, bits);
    const block = PASSES[Math.max(number, complete - 1)]!.block; // as large as what no later pass fills
    let above = new Uint8Array(bytes);
    for (let row = 0; row < rows && at + 1 + bytes <= read.length; row++, at += 1 + bytes) {
      const line = unfiltered(read[at]!, read.subarray(at + 1, at + 1 + bytes), above, unit);
      const pixels = bits < 8 ? unpacked(line, columns, bits) : line;
      const y = pass.y + row * pass.dy;
      const bottom = Math.min(height, y + block[1]);
      layRow(samples, { width, unit }, pixels, pass, [block[0], y, bottom]);
      above = line;
      if (number === 0) covered = bottom;
    }
    if (at + 1 + bytes > read.length && rows > 0) break;
  }
  return { samples, rows: complete > 0 ? height : covered };
}

/** Lays a row of a pass, each pixel over a block of the picture: `across` px wide, in the rows from `y` to before `bottom`. */
function layRow(
  samples: Uint8Array,
  { width, unit }: { readonly width: number; readonly unit: number },
  pixels: Uint8Array,
  { x, dx }: Pass,
  [across, y, bottom]: readonly [number, number, number],
): void {
  for (let to = y; to < bottom; to++) {
    for (let px = x, from = 0; px < width; px += dx, from += unit) {
      const end = (to * width + Math.min(width, px + across)) * unit;
      for (let at = (to * width + px) * unit, i = 0; at < end; at++, i++)
        samples[at] = pixels[from + (i % unit)]!;
    }
  }
}

/** How many passes are there whole. */
function completePasses(length: number, layout: Layout): number {
  let sum = 0;
  const missing = PASSES.findIndex((pass) => {
    const { columns, rows } = sizeOf(pass, layout);
    sum += rows * (1 + stride(columns, layout.bits));
    return sum > length;
  });
  return missing < 0 ? PASSES.length : missing;
}

/** A row without its filter (PNG, third edition, 9.2). */
function unfiltered(
  filter: number,
  line: Uint8Array,
  above: Uint8Array,
  unit: number,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(line.length);
  for (let i = 0; i < line.length; i++) {
    const left = i < unit ? 0 : out[i - unit]!;
    const up = above[i]!;
    const corner = i < unit ? 0 : above[i - unit]!;
    out[i] = line[i]! + predicted(filter, left, up, corner);
  }
  return out;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, corner);
    default:
      return 0;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const base = left + up - corner;
  const [a, b, c] = [Math.abs(base - left), Math.abs(base - up), Math.abs(base - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function unpacked(line: Uint8Array, columns: number, bits: number): Uint8Array {
  const mask = (1 << bits) - 1;
  return Uint8Array.from({ length: columns }, (_, i) => {
    const at = i * bits;
    return (line[at >> 3]! >> (8 - bits - (at & 7))) & mask;
  });
}

/** Rows as a PNG has them, without filters. */
function packed(samples: Uint8Array, { width, height, bits }: Layout): Uint8Array {
  const bytes = stride(width, bits);
  const out = new Uint8Array(height * (1 + bytes));
  for (let y = 0; y < height; y++) {
    const to = y * (1 + bytes) + 1;
    if (bits >= 8) out.set(samples.subarray(y * bytes, (y + 1) * bytes), to);
    else {
      for (let x = 0; x < width; x++) {
        const at = x * bits;
        out[to + (at >> 3)]! |= samples[y * width + x]! << (8 - bits - (at & 7));
      }
    }
  }
  return out;
}
