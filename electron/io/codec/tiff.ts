import type { LabEncoding } from './lab.ts';

/** One picture of a TIFF file. */
export interface TiffPage {
  readonly width: number; // px
  readonly height: number; // px
  readonly lab: LabEncoding | null; // where its samples are L*a*b*
  readonly photometricAt: number; // where the file says so
  readonly hasAlpha: boolean; // an extra sample that is said to be one
  readonly bits: number; // per sample
  readonly directory: number; // where the page's tags lie
}

/** Tags of TIFF 6.0. */
const SUBFILE_TYPE = 254;
const WIDTH = 256;
const HEIGHT = 257;
const BITS = 258;
const PHOTOMETRIC = 262;
const EXTRA_SAMPLES = 338;
const COMPRESSION = 259;
const STRIPS = { offsets: 273, rows: 278, lengths: 279 };
const TILES = { offsets: 324, width: 322, rows: 323, lengths: 325 };

const IS_MASK = 4; // a bit of the subfile type
const LAB: Readonly<Record<number, LabEncoding>> = { 8: 'cie', 9: 'icc', 10: 'itu' };
const RGB = 2;
const UNSPECIFIED = 0; // of extra samples: something that is no alpha

const MOST_PAGES = 10_000;
const MOST_TAGS = 4096; // of a page
const SIZES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1, 8: 2, 9: 4, 16: 8 }; // bytes, by type

/** The pages of a TIFF or BigTIFF, as far as their directories can be read; none where the first cannot. */
export function tiffPages(bytes: Uint8Array): TiffPage[] {
  const pages: TiffPage[] = [];
  try {
    const tiff = openTiff(bytes);
    const seen = new Set<number>(); // a chain may lead in a circle
    for (let at = tiff.first; at !== 0 && !seen.has(at) && pages.length < MOST_PAGES; at = nextOf(tiff, at)) {
      seen.add(at);
      pages.push(pageAt(tiff, at));
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // an offset that points outside: the pages before it count
  }
  return pages;
}

/** The number of the page that people mean: the largest picture, and of equally large ones the first. */
export function mainPage(pages: readonly TiffPage[]): number {
  let largest = 0;
  for (const [i, page] of pages.entries()) if (areaOf(page) > areaOf(pages[largest]!)) largest = i;
  return largest;
}

/**
 * A copy of the file whose page says RGB where it said L*a*b*: decoders then hand over the samples as they are, where
 * some refuse L*a*b* of 8 bits.
 */
export function withRawLab(bytes: Uint8Array, { photometricAt }: TiffPage): Uint8Array {
  const copy = new Uint8Array(bytes);
  const view = new DataView(copy.buffer);
  view.setUint16(photometricAt, RGB, view.getUint16(0) === 0x4949);
  return copy;
}

/** What a camera's sensor saw, one colour a pixel, and the same with its colours apart (DNG 1.7, tag 262). */
const SENSOR: readonly number[] = [32_803, 34_892];
const SUB_PAGES = 330;
const DNG_VERSION = 50_706;
const MOST_SUB_PAGES = 100;

/** Whether a TIFF holds a raw photograph; what lies in its own pages is then a preview. */
export function isRawPhotograph(bytes: Uint8Array): boolean {
  const canon = bytes[8] === 0x43 && bytes[9] === 0x52; // "CR" after the header: CR2
  if (canon) return true;
  try {
    const tiff = openTiff(bytes);
    if (find(tiff, tiff.first, DNG_VERSION)) return true;
    const own = tiffPages(bytes).map(({ directory }) => directory);
    const inside = own.flatMap((page) => valuesAt(tiff, find(tiff, page, SUB_PAGES), MOST_SUB_PAGES));
    return [...own, ...inside].some((page) => isOfSensor(tiff, page));
  } catch (error) {
    if (error instanceof RangeError) return false; // damaged: its decoder says so
    throw error;
  }
}

function isOfSensor(tiff: Tiff, page: number): boolean {
  return (
    page + 2 <= tiff.view.byteLength && SENSOR.includes(valueAt(tiff, find(tiff, page, PHOTOMETRIC)) ?? 0)
  );
}

const PLAIN = 1; // of compressions
const MOST_STRIPS = 1_000_000;

/** How many rows lie in a strip of a page, or in a tile. */
export function rowsPerStrip(bytes: Uint8Array, directory: number): number {
  const tiff = openTiff(bytes);
  const one = (tag: number): number => valuesAt(tiff, find(tiff, directory, tag), 1)[0] ?? 0;
  const height = one(HEIGHT);
  return Math.max(1, Math.min(height, one(TILES.rows) || one(STRIPS.rows) || height));
}

/** What of a page lies within its file; what lies there may be damaged. */
export interface InFile {
  readonly rows: number; // from the top
  readonly end: number; // bytes that the file needs for a decoder to give them
}

export function rowsInFile(bytes: Uint8Array, directory: number): InFile {
  const tiff = openTiff(bytes);
  const all = (tag: number): number[] => valuesAt(tiff, find(tiff, directory, tag), MOST_STRIPS);
  const one = (tag: number): number => all(tag)[0] ?? 0;
  const [width, height] = [one(WIDTH), one(HEIGHT)];
  const isTiled = one(TILES.width) > 0;
  const isPlain = !isTiled && one(COMPRESSION) === PLAIN;
  const { offsets, lengths } = isTiled ? TILES : STRIPS;
  const across = isTiled ? Math.ceil(width / one(TILES.width)) : 1;
  const rows = rowsPerStrip(bytes, directory);
  const ofAPlane = across * Math.ceil(height / rows); // planes may lie one after the other
  const ends = all(lengths);
  const there = { rows: height, end: bytes.length };
  for (const [i, offset] of all(offsets).entries()) {
    const end = offset + (ends[i] ?? 0);
    if (end <= bytes.length) continue;
    const top = Math.floor((i % ofAPlane) / across) * rows;
    const share = isPlain ? Math.max(0, bytes.length - offset) / (end - offset) : 0;
    if (share > 0) there.end = Math.max(there.end, end);
    there.rows = Math.min(there.rows, top + Math.floor(Math.min(rows, height - top) * share));
  }
  return there;
}

function areaOf({ width, height }: TiffPage): number {
  return width * height;
}

interface Tiff {
  readonly view: DataView;
  readonly little: boolean;
  readonly big: boolean; // BigTIFF: offsets and counts have 64 bits
  readonly first: number; // where the first directory lies
}

function openTiff(bytes: Uint8Array): Tiff {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = view.getUint16(0) === 0x4949;
  const big = view.getUint16(2, little) === 43;
  const tiff = { view, little, big, first: 0 };
  return { ...tiff, first: offsetAt(tiff, big ? 8 : 4) };
}

function offsetAt({ view, little, big }: Tiff, at: number): number {
  return big ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
}

function countAt({ view, little, big }: Tiff, directory: number): number {
  const count = big ? Number(view.getBigUint64(directory, little)) : view.getUint16(directory, little);
  if (count > MOST_TAGS) throw new RangeError('more tags than a page has');
  return count;
}

function nextOf(tiff: Tiff, directory: number): number {
  const { big } = tiff;
  return offsetAt(tiff, directory + (big ? 8 : 2) + countAt(tiff, directory) * (big ? 20 : 12));
}

function pageAt(tiff: Tiff, directory: number): TiffPage {
  const number = (tag: number): number | undefined => valueAt(tiff, find(tiff, directory, tag));
  const photometric = find(tiff, directory, PHOTOMETRIC);
  const isMask = ((number(SUBFILE_TYPE) ?? 0) & IS_MASK) !== 0;
  const extra = number(EXTRA_SAMPLES);
  return {
    width: isMask ? 0 : (number(WIDTH) ?? 0),
    height: isMask ? 0 : (number(HEIGHT) ?? 0),
    lab: LAB[valueAt(tiff, photometric) ?? -1] ?? null,
    photometricAt: photometric?.at ?? 0,
    hasAlpha: extra !== undefined && extra !== UNSPECIFIED,
    bits: number(BITS) ?? 1,
    directory,
  };
}

/** Where the first value of a tag lies. */
interface Found {
  readonly at: number;
  readonly bytes: number; // of a value: 1, 2, 4 or 8
  readonly count: number; // of values
}

function find(tiff: Tiff, directory: number, tag: number): Found | undefined {
  const { view, little, big } = tiff;
  const count = countAt(tiff, directory);
  for (let i = 0; i < count; i++) {
    const entry = directory + (big ? 8 : 2) + i * (big ? 20 : 12);
    if (view.getUint16(entry, little) !== tag) continue;
    const bytes = SIZES[view.getUint16(entry + 2, little)];
    if (bytes === undefined) return undefined;
    const values = big ? Number(view.getBigUint64(entry + 4, little)) : view.getUint32(entry + 4, little);
    const field = entry + (big ? 12 : 8);
    const fits = values * bytes <= (big ? 8 : 4);
    return { at: fits ? field : offsetAt(tiff, field), bytes, count: values };
  }
  return undefined;
}

function valueAt(tiff: Tiff, found: Found | undefined): number | undefined {
  return valuesAt(tiff, found, 1)[0];
}

/** The first values of a tag; fewer where the file ends before them. */
function valuesAt({ view, little }: Tiff, found: Found | undefined, most: number): number[] {
  if (!found) return [];
  const { bytes } = found;
  const count = Math.min(most, found.count, Math.floor((view.byteLength - found.at) / bytes));
  return Array.from({ length: Math.max(0, count) }, (_, i) => {
    const at = found.at + i * bytes;
    if (bytes === 1) return view.getUint8(at);
    if (bytes === 2) return view.getUint16(at, little);
    return bytes === 4 ? view.getUint32(at, little) : Number(view.getBigUint64(at, little));
  });
}
