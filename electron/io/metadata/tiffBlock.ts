/** A TIFF structure that can be changed in place: the form of EXIF (Exif 2.32, 4.6.2). */
export interface TiffBlock {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly little: boolean;
}

/** A tag of a directory. */
export interface TagEntry {
  readonly at: number; // where its 12 bytes lie
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly valueAt: number; // where its values lie
  readonly valueBytes: number;
}

export const SHORT = 3;
export const LONG = 4;
export const RATIONAL = 5;
const ENTRY_BYTES = 12;
const SIZES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
};

/** @throws RangeError where there is no such structure; so do all functions here for offsets that point outside */
export function openBlock(bytes: Uint8Array): TiffBlock {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const order = view.getUint16(0);
  const little = order === 0x4949;
  if (!little && order !== 0x4d4d) throw new RangeError('no byte order');
  if (view.getUint16(2, little) !== 42) throw new RangeError('no TIFF structure');
  return { bytes, view, little };
}

export function firstDirectory({ view, little }: TiffBlock): number {
  return view.getUint32(4, little);
}

export function entriesOf({ view, little, bytes }: TiffBlock, directory: number): TagEntry[] {
  const count = view.getUint16(directory, little);
  return Array.from({ length: count }, (_, i): TagEntry => {
    const at = directory + 2 + i * ENTRY_BYTES;
    const type = view.getUint16(at + 2, little);
    const values = view.getUint32(at + 4, little);
    const valueBytes = (SIZES[type] ?? 0) * values;
    const valueAt = valueBytes <= 4 ? at + 8 : view.getUint32(at + 8, little);
    const isInside = valueAt + valueBytes <= bytes.length;
    return {
      at,
      tag: view.getUint16(at, little),
      type,
      count: values,
      valueAt,
      valueBytes: isInside ? valueBytes : 0,
    };
  });
}

export function find(block: TiffBlock, directory: number, tag: number): TagEntry | undefined {
  return entriesOf(block, directory).find((entry) => entry.tag === tag);
}

/** The first value of a tag of whole numbers; undefined where there is none. */
export function numberOf(block: TiffBlock, directory: number, tag: number): number | undefined {
  const entry = find(block, directory, tag);
  if (!entry || entry.valueBytes === 0) return undefined;
  return entry.type === SHORT
    ? block.view.getUint16(entry.valueAt, block.little)
    : block.view.getUint32(entry.valueAt, block.little);
}

/** Sets a tag of one whole number where it is there; an absent tag says nothing untrue. */
export function setNumber(block: TiffBlock, directory: number, tag: number, value: number): void {
  const entry = find(block, directory, tag);
  if (entry?.type === SHORT) block.view.setUint16(entry.at + 8, value, block.little);
  else if (entry?.type === LONG) block.view.setUint32(entry.at + 8, value, block.little);
}

/** Where the place of the directory after this one is told. */
export function linkOf({ view, little }: TiffBlock, directory: number): number {
  return directory + 2 + view.getUint16(directory, little) * ENTRY_BYTES;
}

/** Takes tags out of a directory and blanks their values; whatever else lies in the block stays where it is. */
export function removeTags(
  block: TiffBlock,
  directory: number,
  unwanted: (entry: TagEntry) => boolean,
): void {
  const { bytes, view, little } = block;
  const entries = entriesOf(block, directory);
  const end = linkOf(block, directory) + 4;
  const kept = entries.filter((entry) => !unwanted(entry));
  const rows = kept.map(({ at }) => bytes.slice(at, at + ENTRY_BYTES));
  const link = bytes.slice(end - 4, end);
  for (const { valueAt, valueBytes } of entries.filter(unwanted))
    bytes.fill(0, valueAt, valueAt + valueBytes);
  bytes.fill(0, directory + 2, end);
  view.setUint16(directory, kept.length, little);
  for (const [i, row] of rows.entries()) bytes.set(row, directory + 2 + i * ENTRY_BYTES);
  bytes.set(link, directory + 2 + kept.length * ENTRY_BYTES);
}

/** A tag that is to be written: its values as they lie in the block. */
export interface NewTag {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly values: Uint8Array;
}

/** The value bytes of a tag. */
export function valuesOf({ bytes }: TiffBlock, { valueAt, valueBytes }: TagEntry): Uint8Array {
  return bytes.slice(valueAt, valueAt + valueBytes);
}

/** A directory with the values that do not fit into its entries right after it, as it lies at `at`. */
export function directoryBytes(little: boolean, at: number, tags: readonly NewTag[], link = 0): Uint8Array {
  const sorted = [...tags].sort((a, b) => a.tag - b.tag);
  const head = 2 + sorted.length * ENTRY_BYTES + 4;
  const out = new Uint8Array(sorted.reduce((sum, { values }) => sum + even(values.length), head));
  const view = new DataView(out.buffer);
  view.setUint16(0, sorted.length, little);
  let free = head;
  for (const [i, { tag, type, count, values }] of sorted.entries()) {
    const entry = 2 + i * ENTRY_BYTES;
    view.setUint16(entry, tag, little);
    view.setUint16(entry + 2, type, little);
    view.setUint32(entry + 4, count, little);
    if (values.length <= 4) out.set(values, entry + 8);
    else {
      view.setUint32(entry + 8, at + free, little);
      out.set(values, free);
      free += even(values.length);
    }
  }
  view.setUint32(head - 4, link, little);
  return out.subarray(0, free);
}

function even(length: number): number {
  return length + (length & 1);
}

/** Values of two or four bytes each. */
export function words(little: boolean, bytes: 2 | 4, values: readonly number[]): Uint8Array {
  const out = new Uint8Array(values.length * bytes);
  const view = new DataView(out.buffer);
  for (const [i, value] of values.entries()) {
    if (bytes === 2) view.setUint16(i * 2, value, little);
    else view.setUint32(i * 4, value, little);
  }
  return out;
}
